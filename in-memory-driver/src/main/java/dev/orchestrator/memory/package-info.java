/** A container driver simulated on virtual threads. */
@NullMarked
package dev.orchestrator.memory;

import org.jspecify.annotations.NullMarked;
