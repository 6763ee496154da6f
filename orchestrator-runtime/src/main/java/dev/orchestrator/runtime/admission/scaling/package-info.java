/** Defaults and rules of autoscalers and disruption budgets. */
@NullMarked
package dev.orchestrator.runtime.admission.scaling;

import org.jspecify.annotations.NullMarked;
