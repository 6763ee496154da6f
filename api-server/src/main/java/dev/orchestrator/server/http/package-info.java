/** Requests and answers: what of HTTP the rest of the server sees. */
@NullMarked
package dev.orchestrator.server.http;

import org.jspecify.annotations.NullMarked;
