package dev.orchestrator.api;

/**
 * How a command in a container ended.
 *
 * @param exitCode its exit code
 * @param stdout what it wrote to standard output, read as UTF-8
 * @param stderr what it wrote to standard error, read as UTF-8
 */
public record CommandOutput(int exitCode, String stdout, String stderr) {}
