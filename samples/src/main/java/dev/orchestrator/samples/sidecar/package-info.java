/** A Java service that owns a container: it starts it, uses it, outlives its death and removes it. */
@NullMarked
package dev.orchestrator.samples.sidecar;

import org.jspecify.annotations.NullMarked;
