package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Takes from a written object only the part that the write is about; the rest stays as it is stored. */
final class Subresources {

    private static final String SCHEDULED = "PodScheduled";

    private Subresources() {}

    static Resource merge(Resource old, Resource written, WriteRequest.Subresource part, Instant now) {
        return switch (part) {
            case MAIN, SCALE -> main(old, written);
            case STATUS -> status(old, written);
            case BINDING -> binding((Pod) old, (Pod) written, now);
            case EPHEMERAL_CONTAINERS -> ephemeralContainers((Pod) old, (Pod) written);
            case RESIZE -> resize((Pod) old, (Pod) written);
            case FINALIZE -> finalizers((Namespace) old, (Namespace) written);
        };
    }

    private static Resource main(Resource old, Resource written) {
        if (old instanceof Namespace namespace && written instanceof Namespace) {
            return new Namespace(written.metadata(), namespace.spec(), namespace.status());
        }
        // What a custom kind has may have changed since the object was stored.
        boolean hasStatus = written.resourceType().hasStatus();
        return hasStatus ? Parts.join(written.metadata(), written, old) : written;
    }

    private static Resource status(Resource old, Resource written) {
        Resource status = written instanceof Pod pod ? withWhatClientsForget((Pod) old, pod) : written;
        return Parts.join(withManagedFields(old.metadata(), written.metadata()), old, status);
    }

    private static ObjectMeta withManagedFields(ObjectMeta old, ObjectMeta written) {
        return old.managedFields().equals(written.managedFields())
                ? old
                : ObjectMetaBuilder.builder(old)
                        .managedFields(written.managedFields())
                        .build();
    }

    // The quality of service is decided once; a status that leaves it out does not take it away.
    private static Pod withWhatClientsForget(Pod old, Pod written) {
        PodStatus status = written.status();
        PodStatus before = old.status();
        boolean forgotQos = status.qosClass() == null && before.qosClass() != null;
        boolean forgotGeneration = status.observedGeneration() == null && before.observedGeneration() != null;
        if (!forgotQos && !forgotGeneration) {
            return written;
        }
        var kept = PodStatusBuilder.builder(status);
        if (forgotQos) {
            kept.qosClass(before.qosClass());
        }
        if (forgotGeneration) {
            kept.observedGeneration(before.observedGeneration());
        }
        return new Pod(written.metadata(), written.spec(), kept.build());
    }

    private static Pod binding(Pod old, Pod written, Instant now) {
        if (old.metadata().isTerminating()) {
            throw StoreErrors.notAssignable(
                    old.key(), "pod " + old.metadata().name() + " is being deleted, cannot be assigned to a host");
        }
        String node = old.spec().nodeName();
        if (node != null && !node.isEmpty()) {
            throw StoreErrors.notAssignable(
                    old.key(), "pod " + old.metadata().name() + " is already assigned to node \"" + node + "\"");
        }
        if (!old.spec().schedulingGates().isEmpty()) {
            throw StoreErrors.notAssignable(
                    old.key(), "pod " + old.metadata().name() + " has non-empty .spec.schedulingGates");
        }
        var spec = PodSpecBuilder.builder(old.spec())
                .nodeName(written.spec().nodeName())
                .build();
        return new Pod(merged(old.metadata(), written.metadata()), spec, scheduled(old.status(), now));
    }

    private static ObjectMeta merged(ObjectMeta old, ObjectMeta written) {
        if (old.annotations().equals(written.annotations()) && old.labels().equals(written.labels())) {
            return old;
        }
        return ObjectMetaBuilder.builder(old)
                .annotations(merged(old.annotations(), written.annotations()))
                .labels(merged(old.labels(), written.labels()))
                .build();
    }

    private static Map<String, String> merged(Map<String, String> old, Map<String, String> written) {
        Map<String, String> merged = new HashMap<>(old);
        merged.putAll(written);
        return merged;
    }

    private static PodStatus scheduled(PodStatus status, Instant now) {
        List<PodCondition> conditions = new ArrayList<>(status.conditions().size() + 1);
        for (PodCondition condition : status.conditions()) {
            if (!condition.type().equals(SCHEDULED)) {
                conditions.add(condition);
            }
        }
        conditions.add(PodConditionBuilder.builder()
                .type(SCHEDULED)
                .status("True")
                .lastTransitionTime(now)
                .build());
        return PodStatusBuilder.builder(status)
                .conditions(conditions)
                .nominatedNodeName(null)
                .build();
    }

    private static Pod ephemeralContainers(Pod old, Pod written) {
        var spec = PodSpecBuilder.builder(old.spec())
                .ephemeralContainers(written.spec().ephemeralContainers())
                .build();
        return new Pod(withManagedFields(old.metadata(), written.metadata()), spec, old.status());
    }

    // Containers that were added, removed or renamed go through as written: validation names them.
    private static Pod resize(Pod old, Pod written) {
        var spec = PodSpecBuilder.builder(old.spec())
                .resources(written.spec().resources())
                .containers(resized(old.spec().containers(), written.spec().containers()))
                .initContainers(
                        resized(old.spec().initContainers(), written.spec().initContainers()))
                .build();
        return new Pod(withManagedFields(old.metadata(), written.metadata()), spec, old.status());
    }

    private static List<Container> resized(List<Container> old, List<Container> written) {
        if (old.size() != written.size()) {
            return written;
        }
        List<Container> resized = new ArrayList<>(old.size());
        for (int i = 0; i < old.size(); i++) {
            Container wanted = written.get(i);
            if (!old.get(i).name().equals(wanted.name())) {
                return written;
            }
            resized.add(ContainerBuilder.builder(old.get(i))
                    .resources(wanted.resources())
                    .resizePolicy(wanted.resizePolicy())
                    .build());
        }
        return resized;
    }

    private static Namespace finalizers(Namespace old, Namespace written) {
        var spec = new NamespaceSpec(written.spec().finalizers());
        return new Namespace(written.metadata(), spec, old.status());
    }
}
