/** What scheduler plug-ins see and implement: pods, nodes, filters and scores. */
@NullMarked
package dev.orchestrator.runtime.scheduler.framework;

import org.jspecify.annotations.NullMarked;
