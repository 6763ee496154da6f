/** Store, control loops, scheduler, kubelet and network. */
module dev.orchestrator.runtime {
    requires transitive dev.orchestrator.api;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires static org.jspecify;
    requires org.slf4j;
}
