/**
 * What a container runtime implements to run pods: sandboxes, containers, images, exec, logs, statistics and events,
 * after the Container Runtime Interface. It has no policy: restarts, back-off, probes, hooks, volumes and pull policies
 * are the kubelet's and so are the same on every driver.
 */
@NullMarked
package dev.orchestrator.spi;

import org.jspecify.annotations.NullMarked;
