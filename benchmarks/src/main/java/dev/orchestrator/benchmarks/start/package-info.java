/** How long a cold JVM takes to the first deployment and to the first ready pod. */
@NullMarked
package dev.orchestrator.benchmarks.start;

import org.jspecify.annotations.NullMarked;
