/** Versioned objects, their indexes and the watch: the one place where state is kept. */
@NullMarked
package dev.orchestrator.runtime.store;

import org.jspecify.annotations.NullMarked;
