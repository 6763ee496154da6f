/** Deletes pods from nodes whose {@code NoExecute} taints they do not tolerate, or no longer. */
@NullMarked
package dev.orchestrator.runtime.controller.tainteviction;

import org.jspecify.annotations.NullMarked;
