package dev.orchestrator.api;

import dev.orchestrator.api.model.apps.StatefulSet;

/** A stateful set. */
public interface StatefulSetHandle extends RolloutHandle<StatefulSet, StatefulSetHandle> {}
