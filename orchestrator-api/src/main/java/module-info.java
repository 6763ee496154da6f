/** What an embedding program imports: resources, builders, handles and the driver SPI. */
module dev.orchestrator.api {
    requires static transitive org.jspecify;
    requires static transitive java.compiler; // generated builders carry its @Generated; not needed at run time
    requires static io.soabase.recordbuilder.core;
    requires transitive com.fasterxml.jackson.annotation;

    exports dev.orchestrator.api;
    exports dev.orchestrator.api.draft;
    exports dev.orchestrator.api.admission;
    exports dev.orchestrator.api.autoscaling;
    exports dev.orchestrator.api.model;
    exports dev.orchestrator.api.model.apiextensions;
    exports dev.orchestrator.api.model.apps;
    exports dev.orchestrator.api.model.authentication;
    exports dev.orchestrator.api.model.authorization;
    exports dev.orchestrator.api.model.autoscaling;
    exports dev.orchestrator.api.model.batch;
    exports dev.orchestrator.api.model.coordination;
    exports dev.orchestrator.api.model.core;
    exports dev.orchestrator.api.model.discovery;
    exports dev.orchestrator.api.model.meta;
    exports dev.orchestrator.api.model.networking;
    exports dev.orchestrator.api.model.policy;
    exports dev.orchestrator.api.model.rbac;
    exports dev.orchestrator.api.model.scheduling;
    exports dev.orchestrator.api.model.storage;
    exports dev.orchestrator.api.scheduling;
    exports dev.orchestrator.spi;

    uses dev.orchestrator.api.ManifestFormat;
    uses dev.orchestrator.api.OrchestratorProvider;
}
