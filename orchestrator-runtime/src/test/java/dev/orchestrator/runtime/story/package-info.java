/** A real store with real loops on a manual clock, for tests that tell what controllers do to stored objects. */
@NullMarked
package dev.orchestrator.runtime.story;

import org.jspecify.annotations.NullMarked;
