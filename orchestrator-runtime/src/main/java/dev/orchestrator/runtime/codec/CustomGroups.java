package dev.orchestrator.runtime.codec;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;

/** Which groups can have custom kinds. */
final class CustomGroups {

    // Those whose kinds are not stored, or not known yet, are Kubernetes' own all the same.
    private static final Set<String> BUILT_IN = Stream.concat(
                    ResourceTypes.stored().stream().map(ResourceType::group),
                    Stream.of(
                            "admissionregistration.k8s.io",
                            "apiregistration.k8s.io",
                            "authentication.k8s.io",
                            "authorization.k8s.io",
                            "certificates.k8s.io",
                            "events.k8s.io",
                            "flowcontrol.apiserver.k8s.io",
                            "internal.apiserver.k8s.io",
                            "node.k8s.io",
                            "resource.k8s.io",
                            "storagemigration.k8s.io"))
            .collect(Collectors.toUnmodifiableSet());

    private CustomGroups() {}

    /**
     * {@return whether a kind of this version can be a custom one: its group is a domain, and none of the built-in
     * ones}
     */
    static boolean mayBeOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return group.indexOf('.') > 0 && slash < apiVersion.length() - 1 && !BUILT_IN.contains(group);
    }
}
