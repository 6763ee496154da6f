/** A container driver simulated on virtual threads. */
module dev.orchestrator.memory {
    requires transitive dev.orchestrator.api;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.orchestrator.memory;
}
