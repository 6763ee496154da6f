/** What an embedding program imports: the orchestrator, its handles, builders, time and errors. */
@NullMarked
package dev.orchestrator.api;

import org.jspecify.annotations.NullMarked;
