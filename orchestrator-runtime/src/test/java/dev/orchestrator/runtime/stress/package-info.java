/** Witnesses that read every revision of a store and hold it against what must always be true. */
@org.jspecify.annotations.NullMarked
package dev.orchestrator.runtime.stress;
