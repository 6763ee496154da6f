/** The service proxy beside HAProxy, measured from outside with wrk and curl. */
@NullMarked
package dev.orchestrator.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
