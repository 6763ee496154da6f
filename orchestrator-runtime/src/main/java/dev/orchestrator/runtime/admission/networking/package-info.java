/** Defaults and rules of ingresses, ingress classes and network policies. */
@NullMarked
package dev.orchestrator.runtime.admission.networking;

import org.jspecify.annotations.NullMarked;
