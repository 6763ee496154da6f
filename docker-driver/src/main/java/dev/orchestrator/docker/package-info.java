/** Runs pods on a Docker engine: a pause container for each pod, its containers in the namespaces of that. */
@NullMarked
package dev.orchestrator.docker;

import org.jspecify.annotations.NullMarked;
