/** Defaults and rules of pods and pod templates. */
@NullMarked
package dev.orchestrator.runtime.admission.pod;

import org.jspecify.annotations.NullMarked;
