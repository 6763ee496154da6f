package dev.orchestrator.spi;

/**
 * What to open of a main process.
 *
 * @param stdin whether its standard input is wanted
 */
public record AttachRequest(boolean stdin) {}
