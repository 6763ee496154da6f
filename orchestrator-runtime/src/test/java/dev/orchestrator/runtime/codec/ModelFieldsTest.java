package dev.orchestrator.runtime.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.ReviewTypes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Holds the records against the published fields of Kubernetes, in both directions. */
@NullMarked
class ModelFieldsTest {

    private static final String MODEL = "dev.orchestrator.api.model.";
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(int.class, "integer:int32"),
            Map.entry(Integer.class, "integer:int32"),
            Map.entry(long.class, "integer:int64"),
            Map.entry(Long.class, "integer:int64"),
            Map.entry(Double.class, "number:double"),
            Map.entry(Object.class, "any"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(Instant.class, "Time"),
            Map.entry(MicroTime.class, "MicroTime"),
            Map.entry(Quantity.class, "Quantity"),
            Map.entry(IntOrString.class, "IntOrString"),
            Map.entry(Bytes.class, "string:byte"));

    record Table(String name, String gvk, Map<String, String> fields) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Table> tables() {
        var tables = new ArrayList<Table>();
        for (String line : lines()) {
            if (line.startsWith("  ")) {
                int space = line.lastIndexOf(' ');
                tables.getLast().fields().put(line.substring(2, space), line.substring(space + 1));
            } else if (!line.startsWith("#")) {
                int space = line.indexOf(' ');
                String name = space < 0 ? line : line.substring(0, space);
                tables.add(new Table(name, line.substring(name.length()).strip(), new TreeMap<>()));
            }
        }
        return tables;
    }

    private static List<String> lines() {
        try (InputStream table = requireNonNull(
                ModelFieldsTest.class.getResourceAsStream("kubernetes-1.36-fields.txt"), "the table is missing")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void hasEveryFieldAndNoOther(Table table) throws ClassNotFoundException {
        Class<?> record = Class.forName(MODEL + table.name());

        var expected = new TreeMap<>(table.fields());
        if (Resource.class.isAssignableFrom(record) || table.name().matches("meta\\.(Status|DeleteOptions)")) {
            expected.remove("apiVersion");
            expected.remove("kind");
        }

        assertThat(fieldsOf(record)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void knowsEveryKind(Table table) throws ClassNotFoundException {
        Class<?> record = Class.forName(MODEL + table.name());
        if (!Resource.class.isAssignableFrom(record)) {
            return;
        }
        int space = table.gvk().indexOf(' ');
        String apiVersion = table.gvk().substring(0, space);
        String kind = table.gvk().substring(space + 1);

        var object = (Resource) RecordCodec.of(record).zero();

        assertThat(object.resourceType().apiVersion()).isEqualTo(apiVersion);
        assertThat(object.resourceType().kind()).isEqualTo(kind);
        assertThat(object.resourceType().javaType()).isEqualTo(record);
    }

    @Test
    void hasNoRecordThatKubernetesDoesNotHave() {
        var known = tables().stream().map(table -> MODEL + table.name()).toList();

        var records = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(Stream.concat(
                                        Stream.of(MODEL + "meta"),
                                        Stream.concat(ResourceTypes.stored().stream(), ReviewTypes.all().stream())
                                                .map(type -> type.javaType().getPackageName()))
                                .distinct()
                                .toArray(String[]::new))
                        .stream()
                        .filter(JavaClass::isRecord)
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::getName)
                        .toList();

        assertThat(new TreeSet<>(records)).isEqualTo(new TreeSet<>(known));
    }

    /** {@return the components of a record as the facts write them} */
    private static Map<String, String> fieldsOf(Class<?> record) {
        var fields = new TreeMap<String, String>();
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            boolean required = component.isAnnotationPresent(Required.class);
            fields.put(required ? name + "!" : name, typeText(component.getGenericType()));
        }
        return fields;
    }

    private static String typeText(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type element = arguments[arguments.length - 1];
            if (element == Object.class) {
                return "any";
            }
            return generic.getRawType() == List.class ? "[" + typeText(element) + "]" : "{" + typeText(element) + "}";
        }
        String scalar = SCALARS.get((Class<?>) type);
        return scalar == null ? ((Class<?>) type).getName().substring(MODEL.length()) : scalar;
    }
}
