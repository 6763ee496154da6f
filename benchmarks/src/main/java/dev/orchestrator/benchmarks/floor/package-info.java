/** The least any orchestrator must do, as plain Java: what ours is compared with. */
@NullMarked
package dev.orchestrator.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
