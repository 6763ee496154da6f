/** The contract of a container driver as tests. */
@NullMarked
package dev.orchestrator.tck;

import org.jspecify.annotations.NullMarked;
