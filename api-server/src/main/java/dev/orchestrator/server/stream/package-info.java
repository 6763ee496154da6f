/** Logs, commands and connections of pods, as streams between them and clients. */
@NullMarked
package dev.orchestrator.server.stream;

import org.jspecify.annotations.NullMarked;
