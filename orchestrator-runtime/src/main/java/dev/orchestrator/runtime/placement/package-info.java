/** Whether a node suits a pod, for all who ask: labels, names and taints. */
@NullMarked
package dev.orchestrator.runtime.placement;

import org.jspecify.annotations.NullMarked;
