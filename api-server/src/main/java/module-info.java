/** The Kubernetes HTTP API over a running orchestrator. */
module dev.orchestrator.server {
    requires transitive dev.orchestrator.api;
    requires dev.orchestrator.runtime;
    requires com.fasterxml.jackson.annotation;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires com.google.protobuf;
    requires java.naming;
    requires java.net.http;
    requires io.kubernetes.client.java.proto;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.eclipse.jetty.websocket.core.common;
    requires org.eclipse.jetty.websocket.core.server;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.orchestrator.server;
}
