/** Makes jobs at the times of their schedules. */
@NullMarked
package dev.orchestrator.runtime.controller.cronjob;

import org.jspecify.annotations.NullMarked;
