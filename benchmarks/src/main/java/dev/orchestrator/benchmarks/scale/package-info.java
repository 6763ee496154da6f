/** Deployments from their creation to all pods ready, and how soon a deleted pod is replaced. */
@NullMarked
package dev.orchestrator.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
