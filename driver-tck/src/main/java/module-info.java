/** The contract of a container driver as tests. */
module dev.orchestrator.tck {
    requires transitive dev.orchestrator.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
}
