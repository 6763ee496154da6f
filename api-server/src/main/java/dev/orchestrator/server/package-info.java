/** The Kubernetes HTTP API over a running orchestrator. */
@NullMarked
package dev.orchestrator.server;

import org.jspecify.annotations.NullMarked;
