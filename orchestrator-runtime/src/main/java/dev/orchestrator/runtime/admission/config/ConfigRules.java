package dev.orchestrator.runtime.admission.config;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of namespaces, config maps and secrets. */
public final class ConfigRules {

    private ConfigRules() {}

    /** {@return the rules of a kind if it is one of namespaces, config maps and secrets; each call makes them anew} */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Namespace" ->
                KindRules.of(ResourceTypes.NAMESPACE, NamespaceRules::withDefaults, new NamespaceRules());
            case "ConfigMap" ->
                KindRules.of(ResourceTypes.CONFIG_MAP, configMap -> configMap, new ConfigMapValidation());
            case "Secret" -> KindRules.of(ResourceTypes.SECRET, SecretDefaults::withDefaults, new SecretValidation());
            default -> null;
        };
    }
}
