/** The model as data: the fields of every kind, their types, what they are for and how they are merged. */
@NullMarked
package dev.orchestrator.runtime.schema;

import org.jspecify.annotations.NullMarked;
