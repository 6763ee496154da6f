/** Gives custom kinds their names, says when they are served, and removes their objects with them. */
@NullMarked
package dev.orchestrator.runtime.controller.customresource;

import org.jspecify.annotations.NullMarked;
