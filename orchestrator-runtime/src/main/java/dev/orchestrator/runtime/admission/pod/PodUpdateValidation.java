package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.NodeAffinity;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.api.model.core.PodSchedulingGate;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TolerationBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import org.jspecify.annotations.Nullable;

/**
 * What an update may change of the spec of a pod: images, a deadline, more tolerations, fewer gates, and little else.
 */
final class PodUpdateValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String CHANGEABLE = "`spec.containers[*].image`,`spec.initContainers[*].image`,"
            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private final PodSpec old;
    private final PodSpec updated;
    private final FieldErrors errors;

    PodUpdateValidation(PodSpec old, PodSpec updated, FieldErrors errors) {
        this.old = old;
        this.updated = updated;
        this.errors = errors;
    }

    void validate() {
        if (!sameNumber(old.containers(), updated.containers(), SPEC.child("containers"))
                || !sameNumber(old.initContainers(), updated.initContainers(), SPEC.child("initContainers"))
                || !deadline(SPEC.child("activeDeadlineSeconds"))) {
            return;
        }
        tolerations(SPEC.child("tolerations"));
        gates(SPEC.child("schedulingGates"));
        PodSpec otherwise = withoutAllowedChanges();
        if (!otherwise.equals(old)) {
            errors.forbidden(
                    SPEC,
                    "pod updates may not change fields other than " + CHANGEABLE + "\n"
                            + SpecDifference.of(old, otherwise));
        }
    }

    private boolean sameNumber(List<Container> before, List<Container> after, FieldPath path) {
        if (before.size() != after.size()) {
            errors.forbidden(path, "pod updates may not add or remove containers");
            return false;
        }
        for (int i = 0; i < after.size(); i++) {
            errors.requireText(path.index(i).child("image"), after.get(i).image());
            ContainerValidation.image(after.get(i), path.index(i), errors);
        }
        return true;
    }

    private boolean deadline(FieldPath path) {
        Long before = old.activeDeadlineSeconds();
        Long after = updated.activeDeadlineSeconds();
        if (after == null) {
            if (before != null) {
                errors.invalid(path, null, "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (after < 0 || after > Integer.MAX_VALUE) {
            errors.invalid(path, after, Names.range(0, Integer.MAX_VALUE));
            return false;
        }
        if (before != null && before < after) {
            errors.invalid(path, after, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private void tolerations(FieldPath path) {
        for (Toleration before : old.tolerations()) {
            boolean kept = updated.tolerations().stream()
                    .anyMatch(after -> TolerationBuilder.builder(before)
                            .tolerationSeconds(after.tolerationSeconds())
                            .build()
                            .equals(after));
            if (!kept) {
                errors.forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private void gates(FieldPath path) {
        List<PodSchedulingGate> gates = updated.schedulingGates();
        for (int i = 0; i < gates.size(); i++) {
            if (!old.schedulingGates().contains(gates.get(i))) {
                errors.forbidden(
                        path.index(i).child("name"),
                        "only deletion is allowed, but found new scheduling gate '"
                                + gates.get(i).name() + "'");
            }
        }
    }

    /**
     * {@return the updated spec with every allowed change taken back: what then differs from the old one is not
     * allowed}
     */
    private PodSpec withoutAllowedChanges() {
        var otherwise = PodSpecBuilder.builder(updated)
                .containers(withOldImages(updated.containers(), old.containers()))
                .initContainers(withOldImages(updated.initContainers(), old.initContainers()))
                .activeDeadlineSeconds(old.activeDeadlineSeconds())
                .schedulingGates(old.schedulingGates())
                .tolerations(old.tolerations());
        Long before = old.terminationGracePeriodSeconds();
        Long after = updated.terminationGracePeriodSeconds();
        if (before != null && before < 0 && after != null && after == 1) {
            otherwise.terminationGracePeriodSeconds(before);
        }
        if (!old.schedulingGates().isEmpty()) {
            gated(otherwise);
        }
        return otherwise.build();
    }

    private static List<Container> withOldImages(List<Container> containers, List<Container> before) {
        List<Container> result = new ArrayList<>(containers.size());
        for (int i = 0; i < containers.size(); i++) {
            result.add(ContainerBuilder.builder(containers.get(i))
                    .image(before.get(i).image())
                    .build());
        }
        return result;
    }

    /** While gates hold a pod back its choice of nodes may be narrowed. */
    private void gated(PodSpecBuilder otherwise) {
        if (!updated.nodeSelector().equals(old.nodeSelector())) {
            if (!updated.nodeSelector()
                    .entrySet()
                    .containsAll(old.nodeSelector().entrySet())) {
                errors.invalid(
                        SPEC.child("nodeSelector"),
                        updated.nodeSelector(),
                        "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
            }
            otherwise.nodeSelector(old.nodeSelector());
        }
        NodeAffinity before = nodeAffinity(old.affinity());
        NodeAffinity after = nodeAffinity(updated.affinity());
        if (!Objects.equals(before, after)) {
            narrowed(before, after, SPEC.child("affinity", "nodeAffinity"));
            otherwise.affinity(withNodeAffinity(updated.affinity(), before));
        }
    }

    private static @Nullable NodeAffinity nodeAffinity(@Nullable Affinity affinity) {
        return affinity == null ? null : affinity.nodeAffinity();
    }

    private @Nullable Affinity withNodeAffinity(@Nullable Affinity affinity, @Nullable NodeAffinity before) {
        var near = affinity == null ? null : affinity.podAffinity();
        var far = affinity == null ? null : affinity.podAntiAffinity();
        boolean nothing = before == null && near == null && far == null && old.affinity() == null;
        return nothing ? null : new Affinity(before, near, far);
    }

    private void narrowed(@Nullable NodeAffinity before, @Nullable NodeAffinity after, FieldPath path) {
        List<NodeSelectorTerm> oldTerms = requiredTerms(before);
        List<NodeSelectorTerm> newTerms = requiredTerms(after);
        if (oldTerms.isEmpty()) {
            return;
        }
        FieldPath terms = path.child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        if (oldTerms.size() != newTerms.size()) {
            errors.invalid(terms, newTerms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < oldTerms.size(); i++) {
            boolean onlyMore = newTerms.get(i)
                            .matchExpressions()
                            .containsAll(oldTerms.get(i).matchExpressions())
                    && newTerms.get(i).matchFields().containsAll(oldTerms.get(i).matchFields());
            if (!onlyMore) {
                errors.invalid(
                        terms.index(i), newTerms.get(i), "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static List<NodeSelectorTerm> requiredTerms(@Nullable NodeAffinity affinity) {
        NodeSelector required = affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null ? List.of() : required.nodeSelectorTerms();
    }
}
