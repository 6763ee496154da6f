/** Store, control loops, scheduler, kubelet and network. */
@SuppressWarnings("module") // the modules that part of it is exported to are built after this one
module dev.orchestrator.runtime {
    requires transitive dev.orchestrator.api;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    exports dev.orchestrator.runtime.access to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.codec to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.custom to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.handle to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.ownership to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.schema to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.serving to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.store to
            dev.orchestrator.server;
    exports dev.orchestrator.runtime.text to
            dev.orchestrator.server;

    provides dev.orchestrator.api.OrchestratorProvider with
            dev.orchestrator.runtime.RuntimeProvider;
    provides dev.orchestrator.api.ManifestFormat with
            dev.orchestrator.runtime.codec.ManifestText;
}
