/** What a cluster costs that only probes its pods. */
@NullMarked
package dev.orchestrator.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
