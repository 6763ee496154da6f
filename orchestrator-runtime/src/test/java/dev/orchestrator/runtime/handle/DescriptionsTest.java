package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Small objects and the text about them; {@code DescribeIT} of the server holds larger ones against kubectl itself. */
class DescriptionsTest {

    private final Handles handles = new Handles();

    static Stream<Arguments> cases() {
        return Arrays.stream(text().split("(?m)^=== ", -1)).skip(1).map(section -> {
            String[] parts = section.split("\n", 2);
            String[] sides = parts[1].split("(?m)^>>>\n", -1);
            return arguments(parts[0], sides[0], sides[1]);
        });
    }

    private static String text() {
        String name = "descriptions.txt";
        try (InputStream content = Objects.requireNonNull(DescriptionsTest.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void describes(String name, String manifests, String expected) {
        List<Resource> objects = Manifests.load(manifests);
        objects.forEach(object -> {
            handles.store.create(object, HandleContext.WRITE);
            handles.status(object);
        });

        assertThat(describe(objects.getLast()).replaceAll("(?m)^( +UID: +)[-0-9a-f]{36}$", "$1..."))
                .as(name)
                .isEqualTo(expected);
    }

    private String describe(Resource object) {
        ResourceType<?> type = object.resourceType();
        return handles.cluster
                .resources(type)
                .inNamespace(object.metadata().namespaceOrEmpty())
                .named(object.metadata().nameOrEmpty())
                .describe();
    }

    @Test
    void keepsWhatAnObjectSaysFromActingOnATerminal() {
        assertThat(new Sheet().field("Note", "\u001b[31mred\r").toString()).isEqualTo("Note:  ^[[31mred\\r\n");
    }
}
