package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A time to wait. */
@Model
public record SleepAction(@Required long seconds) {}
