/** The composition root of the runtime. */
@NullMarked
package dev.orchestrator.runtime;

import org.jspecify.annotations.NullMarked;
