/** The four ways to ask a container how it is, and the counting of the answers. */
@NullMarked
package dev.orchestrator.runtime.kubelet.probe;

import org.jspecify.annotations.NullMarked;
