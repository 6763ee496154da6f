/** Which objects an owner has, takes over and lets go. */
@NullMarked
package dev.orchestrator.runtime.claim;

import org.jspecify.annotations.NullMarked;
