/** The API server over HTTP, beside prepared answers of the JDK's own server and beside Fabric8's mock. */
@NullMarked
package dev.orchestrator.benchmarks.server;

import org.jspecify.annotations.NullMarked;
