/** How values read in messages that have to be Kubernetes'. */
@NullMarked
package dev.orchestrator.runtime.text;

import org.jspecify.annotations.NullMarked;
