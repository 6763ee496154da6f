/** A container driver over a Docker engine. */
module dev.orchestrator.docker {
    requires transitive dev.orchestrator.api;
    requires com.fasterxml.jackson.databind;
    requires com.github.dockerjava.api;
    requires com.github.dockerjava.core;
    requires com.github.dockerjava.transport;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.orchestrator.docker;
}
