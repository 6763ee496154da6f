/** Decides which node a pod runs on. */
@NullMarked
package dev.orchestrator.runtime.scheduler;

import org.jspecify.annotations.NullMarked;
