package dev.orchestrator.runtime.admission.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.api.model.core.LimitRangeItemBuilder;
import dev.orchestrator.api.model.core.LimitRangeSpec;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what the limits of containers leave out: the limit is the maximum, the request the limit or minimum. */
final class LimitRangeDefaults {

    private LimitRangeDefaults() {}

    static LimitRange withDefaults(LimitRange range) {
        List<LimitRangeItem> limits = mapped(range.spec().limits(), LimitRangeDefaults::item);
        return same(limits, range.spec().limits())
                ? range
                : new LimitRange(range.metadata(), new LimitRangeSpec(limits));
    }

    private static LimitRangeItem item(LimitRangeItem item) {
        if (!item.type().equals("Container")) {
            return item;
        }
        Map<String, Quantity> limits = new HashMap<>(item.defaults());
        item.max().forEach(limits::putIfAbsent);
        Map<String, Quantity> requests = new HashMap<>(item.defaultRequest());
        limits.forEach(requests::putIfAbsent);
        item.min().forEach(requests::putIfAbsent);
        boolean complete = limits.size() == item.defaults().size()
                && requests.size() == item.defaultRequest().size();
        return complete
                ? item
                : LimitRangeItemBuilder.builder(item)
                        .defaults(limits)
                        .defaultRequest(requests)
                        .build();
    }
}
