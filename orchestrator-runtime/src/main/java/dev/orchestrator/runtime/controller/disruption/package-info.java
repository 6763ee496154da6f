/** Counts how many pods may go at a time without going below what their budget wants. */
@NullMarked
package dev.orchestrator.runtime.controller.disruption;

import org.jspecify.annotations.NullMarked;
