/** Field paths, field errors and the grammars of names, with the texts of Kubernetes. */
@NullMarked
package dev.orchestrator.runtime.admission.field;

import org.jspecify.annotations.NullMarked;
