/** What every kind brings along for admission, and the rules of metadata that all kinds share. */
@NullMarked
package dev.orchestrator.runtime.admission.kind;

import org.jspecify.annotations.NullMarked;
