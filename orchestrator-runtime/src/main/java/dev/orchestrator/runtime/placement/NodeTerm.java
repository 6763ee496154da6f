package dev.orchestrator.runtime.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeSelectorRequirement;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a node affinity, ready to be matched.
 *
 * @param labels what the node's labels must be
 * @param fields what the node's fields, of which there is only {@code metadata.name}, must be
 */
public record NodeTerm(Selector labels, Selector fields) {

    private static final String NAME_FIELD = "metadata.name";

    /** {@return the term; one without any requirement matches nothing} */
    public static NodeTerm of(NodeSelectorTerm term) {
        if (isEmpty(term)) {
            return new NodeTerm(Selector.nothing(), Selector.everything());
        }
        return new NodeTerm(selector(term.matchExpressions()), selector(term.matchFields()));
    }

    /** {@return whether a term has no requirement} */
    public static boolean isEmpty(NodeSelectorTerm term) {
        return term.matchExpressions().isEmpty() && term.matchFields().isEmpty();
    }

    private static Selector selector(List<NodeSelectorRequirement> requirements) {
        var converted = new ArrayList<Selector.Requirement>(requirements.size());
        for (NodeSelectorRequirement requirement : requirements) {
            converted.add(new Selector.Requirement(
                    requirement.key(), operator(requirement.operator()), new HashSet<>(requirement.values())));
        }
        return new Selector(converted);
    }

    private static Selector.Operator operator(String name) {
        return switch (name) {
            case "In" -> Selector.Operator.IN;
            case "NotIn" -> Selector.Operator.NOT_IN;
            case "Exists" -> Selector.Operator.EXISTS;
            case "DoesNotExist" -> Selector.Operator.DOES_NOT_EXIST;
            case "Gt" -> Selector.Operator.GREATER_THAN;
            case "Lt" -> Selector.Operator.LESS_THAN;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid node selector operator");
        };
    }

    /** {@return whether a node has the labels and fields} */
    public boolean matches(Node node) {
        if (!labels.matches(node.metadata().labels())) {
            return false;
        }
        return fields.requirements().isEmpty()
                || fields.matches(Map.of(NAME_FIELD, node.metadata().nameOrEmpty()));
    }

    /** {@return the names of the only nodes that can match; null when the term does not pin names} */
    public @Nullable Set<String> names() {
        Set<String> names = null;
        for (Selector.Requirement requirement : fields.requirements()) {
            if (requirement.key().equals(NAME_FIELD) && requirement.operator() == Selector.Operator.IN) {
                if (names == null) {
                    names = new HashSet<>(requirement.values());
                } else {
                    names.retainAll(requirement.values());
                }
            }
        }
        return names;
    }
}
