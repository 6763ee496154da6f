/** The volumes of pods: directories of this machine that are filled, kept up to date and mounted into containers. */
@NullMarked
package dev.orchestrator.runtime.kubelet.volume;

import org.jspecify.annotations.NullMarked;
