package dev.orchestrator.runtime.admission.config;

import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.KindRules;

/** The rules of namespaces, config maps and secrets. */
public final class ConfigRules {

    private ConfigRules() {}

    /** {@return the rules of namespaces, config maps and secrets} */
    public static List<KindRules<?>> all() {
        return List.of(
                KindRules.of(ResourceTypes.NAMESPACE, NamespaceRules::withDefaults, new NamespaceRules()),
                KindRules.of(ResourceTypes.CONFIG_MAP, configMap -> configMap, new ConfigMapValidation()),
                KindRules.of(ResourceTypes.SECRET, SecretDefaults::withDefaults, new SecretValidation()));
    }
}
