/** Store, control loops, scheduler, kubelet and network. */
module dev.orchestrator.runtime {
    requires transitive dev.orchestrator.api;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires static org.jspecify;
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    provides dev.orchestrator.api.OrchestratorProvider with
            dev.orchestrator.runtime.RuntimeProvider;
    provides dev.orchestrator.api.ManifestFormat with
            dev.orchestrator.runtime.codec.ManifestText;
}
