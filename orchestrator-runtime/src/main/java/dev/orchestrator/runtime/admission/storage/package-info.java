/** Defaults and rules of volumes, claims and storage classes. */
@NullMarked
package dev.orchestrator.runtime.admission.storage;

import org.jspecify.annotations.NullMarked;
