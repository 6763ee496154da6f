/** Benchmarks of the orchestrator's store beside etcd. */
@NullMarked
package dev.orchestrator.benchmarks.etcd;

import org.jspecify.annotations.NullMarked;
