/** Defaults and rules of roles and their bindings. */
@NullMarked
package dev.orchestrator.runtime.admission.rbac;

import org.jspecify.annotations.NullMarked;
