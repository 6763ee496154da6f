package dev.orchestrator.runtime.revision;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.ControllerRevisionBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Keeps the versions of an object's pod template as controller revisions. */
public final class Revisions {

    /** The label of pods that says which version of the template they were made from. */
    public static final String POD_LABEL = "controller-revision-hash";

    private static final int LONGEST_NAME = 223;

    private final ObjectStore store;
    private final WriteRequest request;
    private final String hashLabel;
    private final Claimer<ControllerRevision> claimer;

    /**
     * Makes nothing yet.
     *
     * @param hashLabel the label under which revisions carry the hash of their template
     */
    public Revisions(ObjectStore store, WriteRequest request, String hashLabel) {
        this.store = store;
        this.request = request;
        this.hashLabel = hashLabel;
        this.claimer = new Claimer<>(store, ResourceTypes.CONTROLLER_REVISION, request);
    }

    /**
     * The revision that stands for the present template.
     *
     * @param revision the revision as it is stored
     * @param collisions how often its name turned out to be taken by another template
     */
    public record Present(ControllerRevision revision, int collisions) {}

    /** {@return the revisions that an object has after taking over orphans} */
    public List<ControllerRevision> of(Resource owner, Selector selector) {
        return claimer.claim(owner, selector);
    }

    /** {@return the revision of the present template: made, renumbered because it has come back, or as it is} */
    public Present present(
            Resource owner, PodTemplateSpec template, List<ControllerRevision> revisions, int collisions) {
        RevisionPlan plan = RevisionPlan.of(revisions, template);
        Optional<ControllerRevision> kept = plan.kept();
        if (kept.isEmpty()) {
            return create(owner, template, plan.number(), collisions);
        }
        if (kept.get().revision() == plan.number()) {
            return new Present(kept.get(), collisions);
        }
        ControllerRevision renumbered = store.edit(
                ResourceTypes.CONTROLLER_REVISION,
                kept.get().key(),
                request,
                revision -> ControllerRevisionBuilder.builder(revision)
                        .revision(plan.number())
                        .build());
        return new Present(renumbered, collisions);
    }

    private Present create(Resource owner, PodTemplateSpec template, long number, int collisions) {
        for (int attempt = collisions; ; attempt++) {
            ControllerRevision wanted = revision(owner, template, number, attempt);
            try {
                return new Present(store.create(wanted, request), attempt);
            } catch (ApiException taken) {
                if (taken.reason() != Reason.ALREADY_EXISTS) {
                    throw taken;
                }
                Optional<ControllerRevision> same = store.find(ResourceTypes.CONTROLLER_REVISION, wanted.key())
                        .filter(it -> KeptTemplate.isIn(it, template) && isOf(owner, it));
                if (same.isPresent()) {
                    return new Present(same.get(), attempt);
                }
            }
        }
    }

    private static boolean isOf(Resource owner, ControllerRevision revision) {
        return revision.metadata()
                .controller()
                .filter(it -> it.uid().equals(owner.metadata().uidOrEmpty()))
                .isPresent();
    }

    private ControllerRevision revision(Resource owner, PodTemplateSpec template, long number, int collisions) {
        String hash = TemplateHash.of(template, collisions);
        String name = owner.metadata().nameOrEmpty();
        var labels = new HashMap<>(template.metadata().labels());
        labels.put(hashLabel, hash);
        return ControllerRevisionBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + hash)
                        .namespace(owner.metadata().namespace())
                        .labels(labels)
                        .annotations(owner.metadata().annotations())
                        .ownerReferences(List.of(Claimer.reference(owner)))
                        .build())
                .data(KeptTemplate.of(template))
                .revision(number)
                .build();
    }

    /** {@return the hash of a revision's template} */
    public String hash(ControllerRevision revision) {
        return revision.metadata()
                .labels()
                .getOrDefault(hashLabel, revision.metadata().nameOrEmpty());
    }

    /**
     * Deletes the oldest revisions beyond the limit.
     *
     * @param live the names of the revisions that pods or the object itself are at: those are kept and do not count
     */
    public void truncate(List<ControllerRevision> revisions, Set<String> live, int limit) {
        for (ControllerRevision revision : RevisionPlan.surplus(revisions, live, limit)) {
            try {
                store.delete(
                        ResourceTypes.CONTROLLER_REVISION,
                        new ObjectKey(
                                revision.metadata().namespaceOrEmpty(),
                                revision.metadata().nameOrEmpty()),
                        DeleteOptionsBuilder.builder()
                                .preconditions(new Preconditions(
                                        null, revision.metadata().uid()))
                                .build(),
                        request);
            } catch (ApiException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
    }
}
