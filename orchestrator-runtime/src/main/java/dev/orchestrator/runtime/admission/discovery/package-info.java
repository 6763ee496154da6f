/** Defaults and rules of endpoints and endpoint slices. */
@NullMarked
package dev.orchestrator.runtime.admission.discovery;

import org.jspecify.annotations.NullMarked;
