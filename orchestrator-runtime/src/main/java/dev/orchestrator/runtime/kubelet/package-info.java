/**
 * Runs the pods that are bound to the driver's nodes.
 *
 * <p>One {@link dev.orchestrator.runtime.kubelet.PodWorker} per pod serialises what happens to it: it looks at what the
 * store wants and what the driver has, asks the pure plans ({@link dev.orchestrator.runtime.kubelet.PodPlan},
 * {@link dev.orchestrator.runtime.kubelet.PodStatuses}) and applies their answer.
 */
@NullMarked
package dev.orchestrator.runtime.kubelet;

import org.jspecify.annotations.NullMarked;
