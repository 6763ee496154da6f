/** What an embedding program imports: resources, builders, handles and the driver SPI. */
module dev.orchestrator.api {
    requires static transitive org.jspecify;
    requires static io.soabase.recordbuilder.core;
}
