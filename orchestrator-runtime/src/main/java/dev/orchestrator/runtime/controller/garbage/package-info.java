/** Deletes objects whose owners are gone, and orders the deletion of owners and dependents. */
@NullMarked
package dev.orchestrator.runtime.controller.garbage;

import org.jspecify.annotations.NullMarked;
