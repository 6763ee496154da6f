/** SPDY/3.1, as far as clients of Kubernetes use it: several streams over one connection, opened by the client. */
@NullMarked
package dev.orchestrator.server.spdy;

import org.jspecify.annotations.NullMarked;
