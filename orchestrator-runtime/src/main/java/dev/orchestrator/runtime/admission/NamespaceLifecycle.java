package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.admission.AdmissionReview.Operation;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** Keeps objects out of namespaces that do not exist or are going, and the system's namespaces from going. */
final class NamespaceLifecycle implements BuiltInPlugin {

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final StoredObjects objects;

    NamespaceLifecycle(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    public boolean concerns(ResourceType<?> type) {
        return type.isNamespaced() || type.equals(ResourceTypes.NAMESPACE);
    }

    @Override
    public Resource mutate(AdmissionReview review, Resource object) {
        if (review.type().equals(ResourceTypes.NAMESPACE)) {
            refuseToDeleteTheImmortal(review);
        } else if (review.operation() == Operation.CREATE) {
            requireActive(review, object.metadata().namespaceOrEmpty());
        }
        return object;
    }

    private static void refuseToDeleteTheImmortal(AdmissionReview review) {
        if (review.operation() == Operation.DELETE
                && IMMORTAL.contains(review.key().name())) {
            throw review.denied("this namespace may not be deleted");
        }
    }

    private void requireActive(AdmissionReview review, String name) {
        if (name.isEmpty()) {
            return;
        }
        ObjectKey key = ObjectKey.cluster(name);
        Namespace namespace = objects.find(ResourceTypes.NAMESPACE, key).orElse(null);
        if (namespace == null) {
            throw ApiException.notFound(ResourceTypes.NAMESPACE, key);
        }
        boolean terminating = namespace.metadata().isTerminating()
                || "Terminating".equals(namespace.status().phase());
        if (terminating) {
            throw terminating(review, name);
        }
    }

    private static ApiException terminating(AdmissionReview review, String namespace) {
        ResourceType<?> type = review.type();
        String reason = "unable to create new content in namespace " + namespace + " because it is being terminated";
        return ApiException.of(
                Reason.FORBIDDEN,
                type.qualifiedPlural() + " \"" + review.key().name() + "\" is forbidden: " + reason,
                StatusDetailsBuilder.builder()
                        .name(review.key().name())
                        .group(type.group().isEmpty() ? null : type.group())
                        .kind(type.plural())
                        .causes(List.of(new StatusCause(
                                "metadata.namespace",
                                "namespace " + namespace + " is being terminated",
                                "NamespaceTerminating")))
                        .build(),
                null);
    }
}
