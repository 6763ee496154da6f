/** Decides whether and in which form an object is stored: defaults, changes, rules, plug-ins. */
@NullMarked
package dev.orchestrator.runtime.admission;

import org.jspecify.annotations.NullMarked;
