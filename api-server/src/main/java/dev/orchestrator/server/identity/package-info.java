/** Who asks, and whether it may. */
@NullMarked
package dev.orchestrator.server.identity;

import org.jspecify.annotations.NullMarked;
