/** Bounds on what namespaces hold: kept exact at every commit, and reported. */
@NullMarked
package dev.orchestrator.runtime.controller.resourcequota;

import org.jspecify.annotations.NullMarked;
