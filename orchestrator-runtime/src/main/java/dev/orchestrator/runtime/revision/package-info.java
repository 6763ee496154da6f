/** The versions of pod templates: how they are named, kept and gone back to. */
@NullMarked
package dev.orchestrator.runtime.revision;

import org.jspecify.annotations.NullMarked;
