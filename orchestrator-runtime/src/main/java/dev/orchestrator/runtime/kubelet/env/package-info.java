/** The environment of containers: variables, references to other objects, the downward API and service variables. */
@NullMarked
package dev.orchestrator.runtime.kubelet.env;

import org.jspecify.annotations.NullMarked;
