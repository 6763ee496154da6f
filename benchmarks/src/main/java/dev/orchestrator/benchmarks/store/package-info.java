/** Creates, reads, watches and memory of the store, through the public API. */
@NullMarked
package dev.orchestrator.benchmarks.store;

import org.jspecify.annotations.NullMarked;
