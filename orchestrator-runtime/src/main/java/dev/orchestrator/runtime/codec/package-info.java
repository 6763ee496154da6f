/** Objects as JSON and YAML text and as trees of maps and lists, in the shape and with the errors of Kubernetes. */
@NullMarked
package dev.orchestrator.runtime.codec;

import org.jspecify.annotations.NullMarked;
