package dev.orchestrator.api;

import dev.orchestrator.api.model.apps.DaemonSet;

/** A daemon set. Its pods are as many as there are nodes for them: it can not be scaled. */
public interface DaemonSetHandle extends RolloutHandle<DaemonSet, DaemonSetHandle> {}
