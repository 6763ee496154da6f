/** Benchmarks of the orchestrator beside its peers. */
@NullMarked
package dev.orchestrator.benchmarks;

import org.jspecify.annotations.NullMarked;
