package dev.orchestrator.runtime.controller.statefulset;

import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.controller.statefulset.Step.CreateClaims;
import dev.orchestrator.runtime.controller.statefulset.Step.CreatePod;
import dev.orchestrator.runtime.controller.statefulset.Step.DeletePod;
import dev.orchestrator.runtime.controller.statefulset.Step.Mend;
import dev.orchestrator.runtime.controller.statefulset.Step.Retain;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.Basis;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.SupersededException;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * Carries steps out, and tells people about them.
 *
 * <p>A set that has changed since it was read gets no pod and loses none: whoever decided is told of the change.
 */
final class StatefulSetWriter {

    static final String COMPONENT = "statefulset-controller";

    private final ObjectStore store;
    private final EventRecorder events;
    private final WriteRequest request = WriteRequest.ofController(COMPONENT);
    private final WriteRequest statusRequest = request.on(WriteRequest.Subresource.STATUS);

    StatefulSetWriter(ObjectStore store, EventRecorder events) {
        this.store = store;
        this.events = events;
    }

    WriteRequest request() {
        return request;
    }

    /** {@return whether all steps could be done; the first that could not be ends the pass} */
    boolean carryOut(StatefulSet set, List<Step> steps) {
        WriteRequest decided = request.decidedOn(Basis.of(set));
        try {
            for (Step step : steps) {
                if (!carryOut(set, step, decided)) {
                    return false;
                }
            }
        } catch (SupersededException e) {
            return true;
        }
        return true;
    }

    private boolean carryOut(StatefulSet set, Step step, WriteRequest decided) {
        return switch (step) {
            case CreatePod create -> create(set, create, decided);
            case DeletePod(Pod pod) -> delete(set, pod, decided);
            case CreateClaims(Pod pod, int ordinal) -> createClaims(set, pod, ordinal);
            case Mend(Pod pod, int ordinal) -> mend(set, pod, ordinal);
            case Retain(Pod pod, int ordinal) -> retain(set, pod, ordinal);
        };
    }

    private boolean create(StatefulSet set, CreatePod step, WriteRequest decided) {
        Pod pod = PodIdentity.pod(set, step.version(), step.ordinal());
        if (!createClaims(set, pod, step.ordinal())) {
            return false;
        }
        try {
            Pod created = store.create(pod, decided);
            boolean retained = retain(set, created, step.ordinal());
            tell(set, "create", created);
            return retained;
        } catch (ApiException e) {
            if (e.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()))) {
                return true;
            }
            if (e.reason() != Reason.ALREADY_EXISTS) {
                complain(set, "create", pod, String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    private boolean delete(StatefulSet set, Pod pod, WriteRequest decided) {
        var options = DeleteOptionsBuilder.builder()
                .preconditions(new Preconditions(null, pod.metadata().uid()))
                .build();
        try {
            store.delete(ResourceTypes.POD, pod.key(), options, decided);
            tell(set, "delete", pod);
            return true;
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.CONFLICT) {
                // Gone, or another pod of that name is there.
                return true;
            }
            complain(set, "delete", pod, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private boolean createClaims(StatefulSet set, Pod pod, int ordinal) {
        for (PersistentVolumeClaim claim : PodIdentity.claims(set, ordinal)) {
            PersistentVolumeClaim present = store.find(ResourceTypes.PERSISTENT_VOLUME_CLAIM, claim.key())
                    .orElse(null);
            if (present == null) {
                if (!createClaim(set, pod, claim)) {
                    return false;
                }
            } else if (present.metadata().isTerminating()) {
                complain(set, "create", pod, "pvc " + claim.metadata().nameOrEmpty() + " is being deleted");
                return false;
            }
        }
        return true;
    }

    private boolean createClaim(StatefulSet set, Pod pod, PersistentVolumeClaim claim) {
        String about = " Claim " + claim.metadata().nameOrEmpty();
        String where = " Pod " + pod.metadata().nameOrEmpty() + " in StatefulSet "
                + set.metadata().nameOrEmpty();
        try {
            store.create(claim, request);
            event(set, "Normal", "SuccessfulCreate", "create" + about + where + " success");
            return true;
        } catch (ApiException e) {
            if (e.reason() == Reason.ALREADY_EXISTS) {
                return true;
            }
            event(
                    set,
                    "Warning",
                    "FailedCreate",
                    "create" + about + " for" + where + " failed error: " + e.getMessage());
            complain(
                    set,
                    "create",
                    pod,
                    "failed to create PVC " + claim.metadata().nameOrEmpty() + ": " + e.getMessage());
            return false;
        }
    }

    private boolean mend(StatefulSet set, Pod pod, int ordinal) {
        if (!PodIdentity.hasClaims(set, pod, ordinal) && !createClaims(set, pod, ordinal)) {
            return false;
        }
        try {
            store.edit(
                    ResourceTypes.POD,
                    pod.key(),
                    request,
                    stored -> isSame(stored, pod) ? PodIdentity.mended(set, stored, ordinal) : stored);
            tell(set, "update", pod);
            return true;
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return true;
            }
            complain(set, "update", pod, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static boolean isSame(Pod stored, Pod seen) {
        return stored.metadata().uidOrEmpty().equals(seen.metadata().uidOrEmpty());
    }

    private boolean retain(StatefulSet set, Pod pod, int ordinal) {
        boolean isWanted = PodIdentity.isWanted(set, ordinal);
        try {
            for (String name : PodIdentity.claimNames(set, ordinal)) {
                var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), name);
                if (store.find(ResourceTypes.PERSISTENT_VOLUME_CLAIM, key).isPresent()) {
                    store.edit(
                            ResourceTypes.PERSISTENT_VOLUME_CLAIM,
                            key,
                            request,
                            claim -> ClaimRetention.isKept(set, pod, isWanted, claim)
                                    ? claim
                                    : claim.withMetadata(ObjectMetaBuilder.builder(claim.metadata())
                                            .ownerReferences(ClaimRetention.owners(set, pod, isWanted, claim))
                                            .build()));
                }
            }
            return true;
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return true;
            }
            complain(set, "update", pod, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void tell(StatefulSet set, String verb, Pod pod) {
        event(set, "Normal", "Successful" + capitalized(verb), about(set, verb, pod) + " successful");
    }

    private void complain(StatefulSet set, String verb, Pod pod, String why) {
        event(set, "Warning", "Failed" + capitalized(verb), about(set, verb, pod) + " failed error: " + why);
    }

    private static String about(StatefulSet set, String verb, Pod pod) {
        return verb + " Pod " + pod.metadata().nameOrEmpty() + " in StatefulSet "
                + set.metadata().nameOrEmpty();
    }

    private static String capitalized(String verb) {
        return Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
    }

    private void event(StatefulSet set, String type, String reason, String message) {
        events.event(set, type, reason, message, COMPONENT);
    }

    void report(StatefulSet set, StatefulSetStatus status) {
        if (status.equals(set.status())) {
            return;
        }
        try {
            store.edit(
                    ResourceTypes.STATEFUL_SET,
                    set.key(),
                    statusRequest,
                    stored -> stored.metadata()
                                    .uidOrEmpty()
                                    .equals(set.metadata().uidOrEmpty())
                            ? StatefulSetBuilder.builder(stored).status(status).build()
                            : stored);
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
