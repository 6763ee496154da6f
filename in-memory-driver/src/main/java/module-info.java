/** A container driver simulated on virtual threads. */
module dev.orchestrator.memory {
    requires transitive dev.orchestrator.api;
    requires static transitive org.jspecify;

    exports dev.orchestrator.memory;
}
