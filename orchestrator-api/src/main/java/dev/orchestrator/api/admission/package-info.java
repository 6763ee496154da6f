/** Checks and changes of your own on every write, as admission webhooks are to a Kubernetes cluster. */
@NullMarked
package dev.orchestrator.api.admission;

import org.jspecify.annotations.NullMarked;
