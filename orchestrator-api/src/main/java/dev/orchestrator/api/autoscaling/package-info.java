/** Where autoscalers get their figures from, and how often they look. */
@NullMarked
package dev.orchestrator.api.autoscaling;

import org.jspecify.annotations.NullMarked;
