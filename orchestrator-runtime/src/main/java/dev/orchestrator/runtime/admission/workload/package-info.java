/** Defaults and rules of the kinds that make pods. */
@NullMarked
package dev.orchestrator.runtime.admission.workload;

import org.jspecify.annotations.NullMarked;
