/** The program of the README. */
@NullMarked
package dev.orchestrator.samples.quickstart;

import org.jspecify.annotations.NullMarked;
