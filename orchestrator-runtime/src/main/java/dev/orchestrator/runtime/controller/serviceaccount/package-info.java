/** Gives each namespace its default service account. */
@NullMarked
package dev.orchestrator.runtime.controller.serviceaccount;

import org.jspecify.annotations.NullMarked;
