/** Event, key, queue, reconcile: what every control loop shares. */
@NullMarked
package dev.orchestrator.runtime.loop;

import org.jspecify.annotations.NullMarked;
