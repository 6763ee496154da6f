/** What becomes of state in files, whatever happens to them. */
@NullMarked
package dev.orchestrator.runtime.store.disk;

import org.jspecify.annotations.NullMarked;
