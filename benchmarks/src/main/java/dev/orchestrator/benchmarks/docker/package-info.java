/** Pods on a Docker engine, beside raw docker-java and the docker CLI doing the same. */
@NullMarked
package dev.orchestrator.benchmarks.docker;

import org.jspecify.annotations.NullMarked;
