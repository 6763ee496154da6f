/** Keeps one pod of each daemon set on every node that it selects. */
@NullMarked
package dev.orchestrator.runtime.controller.daemonset;

import org.jspecify.annotations.NullMarked;
