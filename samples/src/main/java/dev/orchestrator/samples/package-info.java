/** Runnable examples. */
@NullMarked
package dev.orchestrator.samples;

import org.jspecify.annotations.NullMarked;
