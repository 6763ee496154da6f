/** Where pods are, counted by the values of node labels and kept up to date pod by pod. */
@NullMarked
package dev.orchestrator.runtime.scheduler.topology;

import org.jspecify.annotations.NullMarked;
