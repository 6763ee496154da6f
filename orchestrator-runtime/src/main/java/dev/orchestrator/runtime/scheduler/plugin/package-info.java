/** The scheduler's rules, one class each, named as in Kubernetes. */
@NullMarked
package dev.orchestrator.runtime.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
