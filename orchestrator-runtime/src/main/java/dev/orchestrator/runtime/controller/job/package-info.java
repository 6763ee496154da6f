/** Runs the pods of jobs until enough of them have succeeded, and counts each pod once. */
@NullMarked
package dev.orchestrator.runtime.controller.job;

import org.jspecify.annotations.NullMarked;
