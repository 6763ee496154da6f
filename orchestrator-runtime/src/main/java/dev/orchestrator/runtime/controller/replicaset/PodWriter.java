package dev.orchestrator.runtime.controller.replicaset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.controller.replicaset.Observation.Failure;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.Basis;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.SupersededException;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out: creates and deletes pods, and tells people about it.
 *
 * <p>A number that has changed since it was read is not carried out: another owner may have been given the room.
 */
final class PodWriter {

    private static final String FAILED_CREATE = "FailedCreate";
    private static final String FAILED_DELETE = "FailedDelete";

    private final ObjectStore store;
    private final EventRecorder events;
    private final WriteRequest request;

    PodWriter(ObjectStore store, EventRecorder events, WriteRequest request) {
        this.store = store;
        this.events = events;
        this.request = request;
    }

    /**
     * What there is after a plan has been carried out.
     *
     * @param pods the pods that are there now
     * @param failure why the plan could not be carried out in full; null when it could
     */
    record Result(List<Pod> pods, @Nullable Failure failure) {}

    Result carryOut(ReplicaSetPlan plan, Resource about, ReplicaSet set, OwnerReference reference, List<Pod> pods) {
        WriteRequest decided = request.decidedOn(Basis.of(about));
        if (plan.create() > 0) {
            return create(plan.create(), about, pod(set, reference), pods, decided);
        }
        return plan.delete().isEmpty() ? new Result(pods, null) : delete(plan.delete(), about, pods, decided);
    }

    private static Pod pod(ReplicaSet set, OwnerReference reference) {
        PodTemplateSpec template = set.spec().template();
        var metadata = ObjectMetaBuilder.builder()
                .generateName(set.metadata().nameOrEmpty() + "-")
                .namespace(set.metadata().namespace())
                .labels(template.metadata().labels())
                .annotations(template.metadata().annotations())
                .finalizers(template.metadata().finalizers())
                .ownerReferences(List.of(reference))
                .build();
        return PodBuilder.builder().metadata(metadata).spec(template.spec()).build();
    }

    /** One pod after the other: what refuses one, such as a quota, would refuse the rest as well. */
    private Result create(int count, Resource about, Pod pod, List<Pod> present, WriteRequest decided) {
        var pods = new ArrayList<Pod>(present);
        for (int i = 0; i < count; i++) {
            try {
                Pod created = store.create(pod, decided);
                pods.add(created);
                tell(
                        about,
                        "Normal",
                        "SuccessfulCreate",
                        "Created pod: " + created.metadata().nameOrEmpty());
            } catch (SupersededException e) {
                return new Result(pods, null);
            } catch (ApiException e) {
                if (isNamespaceTerminating(e)) {
                    return new Result(pods, null);
                }
                tell(about, "Warning", FAILED_CREATE, "Error creating: " + e.getMessage());
                return new Result(pods, new Failure(FAILED_CREATE, String.valueOf(e.getMessage())));
            }
        }
        return new Result(pods, null);
    }

    private static boolean isNamespaceTerminating(ApiException refusal) {
        return refusal.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()));
    }

    private Result delete(List<Pod> victims, Resource about, List<Pod> present, WriteRequest decided) {
        Set<Pod> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
        var pods = new ArrayList<Pod>(present.size());
        Failure failure = null;
        for (Pod victim : victims) {
            try {
                delete(victim, decided).ifPresent(pods::add);
                replaced.add(victim);
                tell(
                        about,
                        "Normal",
                        "SuccessfulDelete",
                        "Deleted pod: " + victim.metadata().nameOrEmpty());
            } catch (SupersededException e) {
                break;
            } catch (ApiException e) {
                if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.CONFLICT) {
                    // Gone, or another pod of that name is there.
                    replaced.add(victim);
                    continue;
                }
                tell(about, "Warning", FAILED_DELETE, "Error deleting: " + e.getMessage());
                failure = failure == null ? new Failure(FAILED_DELETE, String.valueOf(e.getMessage())) : failure;
            }
        }
        present.stream().filter(pod -> !replaced.contains(pod)).forEach(pods::add);
        return new Result(pods, failure);
    }

    private Optional<Pod> delete(Pod pod, WriteRequest decided) {
        var options = DeleteOptionsBuilder.builder()
                .preconditions(new Preconditions(null, pod.metadata().uid()))
                .build();
        return store.delete(ResourceTypes.POD, pod.key(), options, decided);
    }

    private void tell(Resource about, String type, String reason, String message) {
        events.event(about, type, reason, message, request.manager());
    }
}
