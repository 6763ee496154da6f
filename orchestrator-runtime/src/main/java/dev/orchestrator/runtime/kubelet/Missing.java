package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * An object that a container needs and that is not there or lacks something.
 *
 * @param resourceVersion the version that was looked at; null when there was none
 */
record Missing(
        ResourceType<?> type, ObjectKey key, @Nullable String resourceVersion) {}
