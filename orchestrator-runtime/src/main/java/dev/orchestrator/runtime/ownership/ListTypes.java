package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.common.collect.Maps;
import dev.orchestrator.runtime.ownership.Schema.Elements;
import dev.orchestrator.runtime.schema.FactTable;

/** Kubernetes' own facts about which lists, maps and types are owned as a whole. */
final class ListTypes {

    /**
     * What is known of one field or type.
     *
     * @param word {@code set}, {@code map}, {@code atomic} or {@code granular}; empty when nothing is said
     * @param keys the fields that tell elements apart, and what they are when not given
     */
    private record Fact(String word, List<String> keys) {

        static final Fact NONE = new Fact("", List.of());

        static Fact of(String text) {
            List<String> words = Arrays.asList(text.split(" ", -1));
            return new Fact(words.getFirst(), words.subList(1, words.size()));
        }
    }

    private static final Map<String, Fact> FACTS =
            Map.copyOf(Maps.transformValues(FactTable.read(ListTypes.class, "list-types.txt"), Fact::of));

    private ListTypes() {}

    /** {@return a list in a field, such as {@code core.Container.ports}} */
    static Schema.ListOf list(String field, Schema element) {
        Fact fact = FACTS.getOrDefault(field, Fact.NONE);
        if (!fact.word().equals("map")) {
            Elements elements = fact.word().equals("set") ? Elements.SET : Elements.ATOMIC;
            return new Schema.ListOf(element, elements, List.of(), Map.of());
        }
        var keys = new ArrayList<String>();
        var defaults = new HashMap<String, Object>();
        for (String key : fact.keys()) {
            int equals = key.indexOf('=');
            keys.add(equals < 0 ? key : key.substring(0, equals));
            if (equals >= 0) {
                defaults.put(key.substring(0, equals), key.substring(equals + 1));
            }
        }
        return new Schema.ListOf(element, Elements.KEYED, List.copyOf(keys), Map.copyOf(defaults));
    }

    /** {@return whether a field or a type is owned as a whole} */
    static boolean isAtomic(String fieldOrType) {
        return FACTS.getOrDefault(fieldOrType, Fact.NONE).word().equals("atomic");
    }

    /** {@return whether a field is owned part by part though its type is not} */
    static boolean isGranular(String field) {
        return FACTS.getOrDefault(field, Fact.NONE).word().equals("granular");
    }
}
