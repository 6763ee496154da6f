/** The rules of the embedding program, as the scheduler asks its own. */
@NullMarked
package dev.orchestrator.runtime.scheduler.custom;

import org.jspecify.annotations.NullMarked;
