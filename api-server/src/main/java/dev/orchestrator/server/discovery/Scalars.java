package dev.orchestrator.server.discovery;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Quantity;

/** How the Java types of plain values are called in OpenAPI. */
final class Scalars {

    /**
     * A plain value.
     *
     * @param type its type in OpenAPI
     * @param format its format; empty for none
     * @param name the name of the schema that it has of its own; empty when it is written in place
     * @param alternative another type that it may have; empty for none
     */
    record Scalar(String type, String format, String name, String alternative) {

        Scalar(String type, String format, String name) {
            this(type, format, name, "");
        }
    }

    private static final Map<Type, Scalar> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, new Scalar("string", "", "")),
            Map.entry(int.class, new Scalar("integer", "int32", "")),
            Map.entry(Integer.class, new Scalar("integer", "int32", "")),
            Map.entry(long.class, new Scalar("integer", "int64", "")),
            Map.entry(Long.class, new Scalar("integer", "int64", "")),
            Map.entry(Double.class, new Scalar("number", "double", "")),
            Map.entry(boolean.class, new Scalar("boolean", "", "")),
            Map.entry(Boolean.class, new Scalar("boolean", "", "")),
            Map.entry(Bytes.class, new Scalar("string", "byte", "")),
            Map.entry(Instant.class, new Scalar("string", "date-time", SchemaNames.META + "Time")),
            Map.entry(MicroTime.class, new Scalar("string", "date-time", SchemaNames.META + "MicroTime")),
            Map.entry(
                    Quantity.class,
                    new Scalar("string", "", "io.k8s.apimachinery.pkg.api.resource.Quantity", "number")),
            Map.entry(
                    IntOrString.class,
                    new Scalar(
                            "string", "int-or-string", "io.k8s.apimachinery.pkg.util.intstr.IntOrString", "integer")));

    private Scalars() {}

    /** {@return how the type is called; a value of any shape is one without a type} */
    static Scalar of(Type type) {
        return BY_TYPE.getOrDefault(type, new Scalar("", "", ""));
    }
}
