package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** Gives a pod the default service account unless it names one, and that account's pull secrets. */
final class ServiceAccounts extends PodPlugin {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private record Account(String name, List<LocalObjectReference> pullSecrets) {}

    private final StoredObjects objects;
    private final SpecMemo<PodSpec, Account, PodSpec> recent = new SpecMemo<>();

    ServiceAccounts(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    PodSpec specOfCreated(Pod pod, AdmissionReview review) {
        if (pod.metadata().annotations().containsKey(MIRROR)) {
            return pod.spec();
        }
        String given = Zero.text(pod.spec().serviceAccountName());
        String name = given.isEmpty() ? "default" : given;
        String namespace = pod.metadata().namespaceOrEmpty();
        ServiceAccount account = objects.find(ResourceTypes.SERVICE_ACCOUNT, new ObjectKey(namespace, name))
                .orElseThrow(() -> review.denied("error looking up service account " + namespace + "/" + name
                        + ": serviceaccount \"" + name + "\" not found"));
        PodSpec spec = pod.spec();
        boolean hasSecrets =
                !spec.imagePullSecrets().isEmpty() || account.imagePullSecrets().isEmpty();
        if (hasSecrets && name.equals(given)) {
            return spec;
        }
        return remembered(spec, new Account(name, hasSecrets ? spec.imagePullSecrets() : account.imagePullSecrets()));
    }

    private PodSpec remembered(PodSpec spec, Account account) {
        PodSpec known = recent.find(spec, account);
        if (known != null) {
            return known;
        }
        PodSpec result = PodSpecBuilder.builder(spec)
                .serviceAccountName(account.name())
                .serviceAccount(account.name())
                .imagePullSecrets(account.pullSecrets())
                .build();
        recent.remember(spec, account, result);
        return result;
    }
}
