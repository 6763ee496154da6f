/** Removes pods that nothing else would remove. */
@NullMarked
package dev.orchestrator.runtime.controller.podgc;

import org.jspecify.annotations.NullMarked;
