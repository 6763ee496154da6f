package dev.orchestrator.runtime.controller.autoscaler;

import java.util.TreeMap;

import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** How Kubernetes' messages write the selector of a metric. */
final class SelectorText {

    private SelectorText() {}

    static String of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return "nil";
        }
        var text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        new TreeMap<>(selector.matchLabels())
                .forEach((key, value) ->
                        text.append(key).append(": ").append(value).append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        selector.matchExpressions()
                .forEach(each -> text.append("LabelSelectorRequirement{Key:")
                        .append(each.key())
                        .append(",Operator:")
                        .append(each.operator())
                        .append(",Values:[")
                        .append(String.join(" ", each.values()))
                        .append("],},"));
        return text.append("},}").toString();
    }
}
