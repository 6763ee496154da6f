/** Keeps the numbered pods of stateful sets and their claims, in order. */
@NullMarked
package dev.orchestrator.runtime.controller.statefulset;

import org.jspecify.annotations.NullMarked;
