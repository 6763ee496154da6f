/** A container driver over a Docker engine. */
module dev.orchestrator.docker {
    requires transitive dev.orchestrator.api;
    requires com.fasterxml.jackson.databind;
    requires com.github.dockerjava.api;
    requires com.github.dockerjava.core;
    requires com.github.dockerjava.transport;
    requires org.slf4j;
    // What docker-java needs and, being no module of its own, can not ask for.
    requires com.google.common;
    requires org.apache.commons.compress;
    requires org.apache.commons.io;
    requires org.apache.commons.lang3;
    requires org.bouncycastle.pkix;
    requires static transitive org.jspecify;

    exports dev.orchestrator.docker;
}
