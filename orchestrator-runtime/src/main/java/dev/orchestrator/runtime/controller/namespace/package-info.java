/** Empties and removes namespaces that are being deleted. */
@NullMarked
package dev.orchestrator.runtime.controller.namespace;

import org.jspecify.annotations.NullMarked;
