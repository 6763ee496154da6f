/** Deletes jobs some time after they have ended. */
@NullMarked
package dev.orchestrator.runtime.controller.ttl;

import org.jspecify.annotations.NullMarked;
