/** Keeps the commits of a store in files. */
@NullMarked
package dev.orchestrator.runtime.store.disk;

import org.jspecify.annotations.NullMarked;
