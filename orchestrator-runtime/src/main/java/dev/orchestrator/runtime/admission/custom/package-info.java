/** Rules of custom resource definitions and of the objects they define. */
@NullMarked
package dev.orchestrator.runtime.admission.custom;

import org.jspecify.annotations.NullMarked;
