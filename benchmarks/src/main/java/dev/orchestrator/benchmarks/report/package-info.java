/** What all benchmarks share: forked JVMs, statistics and the table. */
@NullMarked
package dev.orchestrator.benchmarks.report;

import org.jspecify.annotations.NullMarked;
