package dev.orchestrator.runtime.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.authentication.TokenRequest;
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.core.Binding;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ListMeta;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.api.model.policy.Eviction;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/** Everything that {@code explain} can be asked about has something to say. */
@NullMarked
class DescriptionsTest {

    @Test
    void everyTypeAndFieldIsDescribedAndNothingElse() {
        var expected = new TreeSet<String>();
        var described = new TreeSet<String>();
        for (Class<?> type : types()) {
            String name = ModelTypes.group(type) + " " + type.getSimpleName();
            expected.add(name);
            ModelField.of(type).forEach(field -> expected.add(name + "." + field.name()));
        }
        for (String group : types().stream().map(ModelTypes::group).distinct().toList()) {
            Descriptions.texts(group).keySet().forEach(key -> described.add(group + " " + key));
        }

        assertThat(described).isEqualTo(expected);
    }

    @Test
    void descriptionsAreSentences() {
        List<String> texts = types().stream()
                .map(ModelTypes::group)
                .distinct()
                .flatMap(group -> Descriptions.texts(group).values().stream())
                .toList();

        assertThat(texts).hasSizeGreaterThan(1000).allMatch(text -> text.length() > 5 && text.endsWith("."));
    }

    /** {@return the kinds, what is sent beside them, and all they contain} */
    private static Set<Class<?>> types() {
        var found = new ArrayList<Class<?>>();
        var open = new ArrayDeque<Class<?>>(ResourceTypes.stored().stream()
                .<Class<?>>map(type -> type.javaType())
                .toList());
        ReviewTypes.all().forEach(type -> open.add(type.javaType()));
        open.addAll(List.of(
                TokenRequest.class,
                Status.class,
                DeleteOptions.class,
                ListMeta.class,
                Scale.class,
                Eviction.class,
                Binding.class));
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (!found.contains(type)) {
                found.add(type);
                ModelField.of(type).stream()
                        .flatMap(field -> Optional.<Class<?>>ofNullable(field.record()).stream())
                        .forEach(open::add);
            }
        }
        return found.stream().collect(toCollection(() -> new TreeSet<>(Comparator.comparing(Class::getName))));
    }
}
