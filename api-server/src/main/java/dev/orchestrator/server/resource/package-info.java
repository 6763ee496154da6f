/** Objects read, written and watched by clients. */
@NullMarked
package dev.orchestrator.server.resource;

import org.jspecify.annotations.NullMarked;
