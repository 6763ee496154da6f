package dev.orchestrator.runtime.admission.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeAddress;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.ResourceValidation;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of nodes. */
final class NodeValidation implements Validator<Node> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final FieldPath RANGES = SPEC.child("podCIDRs");
    /** Kubernetes reports taints here although they are in the spec. */
    private static final FieldPath TAINTS = FieldPath.of("metadata").child("taints");

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    @Override
    public void validateCreate(Node node, FieldErrors errors) {
        taints(node.spec().taints(), errors);
        resources(node, errors);
        podRanges(node.spec().podCIDRs(), errors);
    }

    private static void taints(List<Taint> taints, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            Taint taint = taints.get(i);
            FieldPath path = TAINTS.index(i);
            errors.invalid(path.child("key"), taint.key(), Names.qualifiedName(taint.key()));
            List<String> wrong = Names.labelValue(Zero.text(taint.value()));
            if (!wrong.isEmpty()) {
                errors.invalid(path.child("value"), taint.value(), String.join(";", wrong));
            }
            errors.oneOf(path.child("effect"), taint.effect(), EFFECTS);
            if (!seen.add(taint.effect() + ":" + taint.key())) {
                errors.duplicate(path, taint, "taints must be unique by key and effect pair");
            }
        }
    }

    private static void resources(Node node, FieldErrors errors) {
        resources(node.status().capacity(), STATUS.child("capacity"), errors);
        resources(node.status().allocatable(), STATUS.child("allocatable"), errors);
    }

    private static void resources(Map<String, Quantity> resources, FieldPath path, FieldErrors errors) {
        for (Map.Entry<String, Quantity> entry : new TreeMap<>(resources).entrySet()) {
            ResourceValidation.quantity(entry.getKey(), entry.getValue(), path.child(entry.getKey()), errors);
        }
    }

    private static void podRanges(List<String> ranges, FieldErrors errors) {
        for (int i = 0; i < ranges.size(); i++) {
            errors.invalid(RANGES.index(i), ranges.get(i), Addresses.range(ranges.get(i)));
        }
        if (ranges.size() < 2) {
            return;
        }
        long families =
                ranges.stream().map(range -> range.indexOf(':') >= 0).distinct().count();
        if (families < 2 || ranges.size() > 2) {
            errors.invalid(RANGES, ranges, "may specify no more than one CIDR for each IP family");
        }
    }

    @Override
    public void validateUpdate(Node old, Node updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        List<String> ranges = old.spec().podCIDRs();
        if (!ranges.isEmpty() && !ranges.equals(updated.spec().podCIDRs())) {
            errors.forbidden(RANGES, "node updates may not change podCIDR except from \"\" to valid");
        }
        String provider = Zero.text(old.spec().providerID());
        if (!provider.isEmpty() && !provider.equals(updated.spec().providerID())) {
            errors.forbidden(
                    SPEC.child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
        if (!Objects.equals(old.spec().externalID(), updated.spec().externalID())) {
            errors.forbidden(SPEC.child("externalID"), "may not be updated");
        }
    }

    @Override
    public void validateStatusUpdate(Node old, Node updated, FieldErrors errors) {
        resources(updated, errors);
        Set<NodeAddress> seen = new HashSet<>();
        List<NodeAddress> addresses = updated.status().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (!seen.add(addresses.get(i))) {
                errors.duplicate(STATUS.child("addresses").index(i), addresses.get(i));
            }
        }
    }
}
