/** The handles of the public API over the object store: verbs, waits that explain themselves, descriptions. */
@NullMarked
package dev.orchestrator.runtime.handle;

import org.jspecify.annotations.NullMarked;
