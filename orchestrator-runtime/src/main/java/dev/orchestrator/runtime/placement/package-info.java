/** Whether a node suits a pod, for all who ask: labels, names and taints, and how much it takes. */
@NullMarked
package dev.orchestrator.runtime.placement;

import org.jspecify.annotations.NullMarked;
