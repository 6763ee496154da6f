/** Sets the number of replicas of workloads by metrics. */
@NullMarked
package dev.orchestrator.runtime.controller.autoscaler;

import org.jspecify.annotations.NullMarked;
