package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.NodeSelectorRequirement;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;

/** The rules of node selectors, of pods and of volumes. */
public final class NodeSelectorValidation {

    private static final String NO_OPERATOR = "not a valid selector operator";

    /** Whether the values of a requirement must be label values. */
    enum Values {
        /** They must. */
        CHECKED,
        /** They may be anything: a preference that nothing meets does no harm. */
        ANY
    }

    private NodeSelectorValidation() {}

    /** Checks a node selector that must be met. */
    public static void validate(NodeSelector selector, FieldPath path, FieldErrors errors) {
        FieldPath terms = path.child("nodeSelectorTerms");
        if (selector.nodeSelectorTerms().isEmpty()) {
            errors.required(terms, "must have at least one node selector term");
        }
        for (int i = 0; i < selector.nodeSelectorTerms().size(); i++) {
            term(selector.nodeSelectorTerms().get(i), Values.CHECKED, terms.index(i), errors);
        }
    }

    static void term(NodeSelectorTerm term, Values values, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < term.matchExpressions().size(); i++) {
            label(
                    term.matchExpressions().get(i),
                    values,
                    path.child("matchExpressions").index(i),
                    errors);
        }
        for (int i = 0; i < term.matchFields().size(); i++) {
            field(term.matchFields().get(i), path.child("matchFields").index(i), errors);
        }
    }

    private static void label(NodeSelectorRequirement wanted, Values values, FieldPath path, FieldErrors errors) {
        FieldPath valuesPath = path.child("values");
        switch (wanted.operator()) {
            case "In", "NotIn" -> {
                if (wanted.values().isEmpty()) {
                    errors.required(valuesPath, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!wanted.values().isEmpty()) {
                    errors.forbidden(valuesPath, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (wanted.values().size() != 1) {
                    errors.required(valuesPath, "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> errors.invalid(path.child("operator"), wanted.operator(), NO_OPERATOR);
        }
        errors.invalid(path.child("key"), wanted.key(), Names.qualifiedName(wanted.key()));
        if (values == Values.CHECKED) {
            for (int i = 0; i < wanted.values().size(); i++) {
                String value = wanted.values().get(i);
                errors.invalid(valuesPath.index(i), value, Names.labelValue(value));
            }
        }
    }

    private static void field(NodeSelectorRequirement wanted, FieldPath path, FieldErrors errors) {
        FieldPath values = path.child("values");
        if (!wanted.operator().equals("In") && !wanted.operator().equals("NotIn")) {
            errors.invalid(path.child("operator"), wanted.operator(), NO_OPERATOR);
        } else if (wanted.values().size() != 1) {
            errors.required(
                    values, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        if (!wanted.key().equals("metadata.name")) {
            errors.invalid(path.child("key"), wanted.key(), "not a valid field selector key");
            return;
        }
        for (int i = 0; i < wanted.values().size(); i++) {
            String value = wanted.values().get(i);
            errors.invalid(values.index(i), value, Names.dnsSubdomain(value));
        }
    }
}
