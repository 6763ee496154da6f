package dev.orchestrator.server.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.discovery.Catalog.Subresource;

/** How custom kinds are served. */
final class CustomCatalog {

    private static final List<String> VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<String> VERBS_OF_TERMINATING =
            List.of("delete", "deletecollection", "get", "list", "watch");
    private static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");

    private CustomCatalog() {}

    /** {@return the versions of established kinds that are served, the preferred versions of a kind first} */
    static List<Served> of(List<CustomResourceDefinition> definitions) {
        var served = new ArrayList<Served>();
        for (CustomResourceDefinition definition : definitions) {
            if (!definition.is(CustomTypes.ESTABLISHED)) {
                continue;
            }
            for (CustomResourceDefinitionVersion version : definition.spec().versions()) {
                if (version.served()) {
                    served.add(served(definition, version));
                }
            }
        }
        served.sort(Comparator.comparing((Served each) -> each.type().group())
                .thenComparing(each -> each.type().version(), VersionPriority.PREFERRED_FIRST));
        return served;
    }

    private static Served served(CustomResourceDefinition definition, CustomResourceDefinitionVersion version) {
        ResourceType<CustomObject> type = definition.typeOf(version.name());
        var parts = new ArrayList<Subresource>();
        CustomResourceSubresources subresources = version.subresources();
        if (subresources != null && subresources.scale() != null) {
            parts.add(new Subresource("scale", "autoscaling", "v1", "Scale", READ_AND_WRITE));
        }
        if (type.hasStatus()) {
            parts.add(new Subresource("status", "", "", type.kind(), READ_AND_WRITE));
        }
        return new Served(type, definition.is(CustomTypes.TERMINATING) ? VERBS_OF_TERMINATING : VERBS, parts);
    }
}
