/** Short ways to write the objects of a program down: start with the static methods of {@code Drafts}. */
@NullMarked
package dev.orchestrator.api.draft;

import org.jspecify.annotations.NullMarked;
