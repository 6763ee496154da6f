package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Where to take the value of an environment variable from. */
@Model
public record EnvVarSource(
        @Nullable ConfigMapKeySelector configMapKeyRef,
        @Nullable ObjectFieldSelector fieldRef,
        @Nullable FileKeySelector fileKeyRef,
        @Nullable ResourceFieldSelector resourceFieldRef,
        @Nullable SecretKeySelector secretKeyRef) {}
