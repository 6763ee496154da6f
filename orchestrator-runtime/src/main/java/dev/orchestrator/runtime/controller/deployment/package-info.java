/** Rolls deployments out: decides which replica sets exist and how many pods each of them may have. */
@NullMarked
package dev.orchestrator.runtime.controller.deployment;

import org.jspecify.annotations.NullMarked;
