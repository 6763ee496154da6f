package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.admission.AdmissionReview.Operation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** Gives containers the defaults of their namespace's limit ranges, and holds pods and claims to the bounds. */
final class LimitRanges implements BuiltInPlugin {

    private static final String ANNOTATION = "kubernetes.io/limit-ranger";
    private static final String RESIZE = "resize";

    private final StoredObjects objects;
    private final SpecMemo<PodSpec, List<LimitRange>, LimitDefaults> recent = new SpecMemo<>();

    LimitRanges(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    public boolean concerns(ResourceType<?> type) {
        return type.equals(ResourceTypes.POD) || type.equals(ResourceTypes.PERSISTENT_VOLUME_CLAIM);
    }

    @Override
    public Resource mutate(AdmissionReview review, Resource object) {
        if (review.operation() != Operation.CREATE || !review.isMain() || !(object instanceof Pod pod)) {
            return object;
        }
        List<LimitRange> ranges = rangesOf(pod);
        if (ranges.isEmpty()) {
            return pod;
        }
        LimitDefaults defaults = defaults(pod.spec(), ranges);
        if (defaults.annotation().isEmpty()) {
            return pod;
        }
        var annotations = new TreeMap<>(pod.metadata().annotations());
        annotations.put(ANNOTATION, defaults.annotation());
        var metadata = ObjectMetaBuilder.builder(pod.metadata())
                .annotations(annotations)
                .build();
        return new Pod(metadata, defaults.spec(), pod.status());
    }

    private LimitDefaults defaults(PodSpec spec, List<LimitRange> ranges) {
        LimitDefaults known = recent.find(spec, ranges);
        if (known != null) {
            return known;
        }
        LimitDefaults made = LimitDefaults.of(spec, ranges);
        recent.remember(spec, ranges, made);
        return made;
    }

    @Override
    public void validate(AdmissionReview review, Resource object) {
        switch (object) {
            case Pod pod when isBounded(review) -> refuseIfAny(podErrors(pod), review);
            case PersistentVolumeClaim claim when isClaimBounded(review) -> refuseIfAny(claimErrors(claim), review);
            default -> {}
        }
    }

    /** The containers of a pod that is there can change in one way only. */
    private static boolean isBounded(AdmissionReview review) {
        return switch (review.operation()) {
            case CREATE -> review.isMain();
            case UPDATE -> review.subresource().equals(RESIZE);
            case DELETE -> false;
        };
    }

    /** A claim that goes is only being let go of its finalizers. */
    private static boolean isClaimBounded(AdmissionReview review) {
        return review.isMain()
                && review.operation() != Operation.DELETE
                && !review.subject().metadata().isTerminating();
    }

    private Set<String> podErrors(Pod pod) {
        var errors = new LinkedHashSet<String>();
        for (LimitRange range : rangesOf(pod)) {
            for (LimitRangeItem item : range.spec().limits()) {
                LimitBounds.ofPod(item, pod.spec(), errors);
            }
        }
        return errors;
    }

    private Set<String> claimErrors(PersistentVolumeClaim claim) {
        var errors = new LinkedHashSet<String>();
        for (LimitRange range : rangesOf(claim)) {
            for (LimitRangeItem item : range.spec().limits()) {
                LimitBounds.ofClaim(item, claim.spec().resources().requests(), errors);
            }
        }
        return errors;
    }

    private static void refuseIfAny(Set<String> errors, AdmissionReview review) {
        if (errors.isEmpty()) {
            return;
        }
        var all = new ArrayList<>(errors);
        throw review.denied(all.size() == 1 ? all.get(0) : "[" + String.join(", ", all) + "]");
    }

    private List<LimitRange> rangesOf(Resource object) {
        return objects.list(ResourceTypes.LIMIT_RANGE, object.metadata().namespaceOrEmpty());
    }
}
