/** Defaults and rules of namespaces, config maps and secrets. */
@NullMarked
package dev.orchestrator.runtime.admission.config;

import org.jspecify.annotations.NullMarked;
