package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes EnvVarSource. */
@Model
public record EnvVarSource(
        @Nullable ConfigMapKeySelector configMapKeyRef,
        @Nullable ObjectFieldSelector fieldRef,
        @Nullable FileKeySelector fileKeyRef,
        @Nullable ResourceFieldSelector resourceFieldRef,
        @Nullable SecretKeySelector secretKeyRef) {}
