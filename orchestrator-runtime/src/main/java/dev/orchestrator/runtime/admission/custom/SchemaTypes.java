package dev.orchestrator.runtime.admission.custom;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.runtime.admission.field.GoLiteral;
import dev.orchestrator.runtime.custom.CustomTypes;

/** The types of JSON values as schemas name them, and how values are shown in errors. */
final class SchemaTypes {

    private SchemaTypes() {}

    static boolean isNull(Object value) {
        return CustomTypes.isNull(value);
    }

    /** {@return the name of a value's type} */
    static String of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case String text -> "string";
            case Boolean truth -> "boolean";
            case Long number -> "integer";
            case BigInteger number -> "integer";
            case Number number -> isWhole(number) ? "integer" : "number";
            default -> "null";
        };
    }

    private static boolean isWhole(Number number) {
        return decimal(number).stripTrailingZeros().scale() <= 0;
    }

    /** {@return whether a value has the type that a schema wants} */
    static boolean fits(Object value, JSONSchemaProps schema) {
        String found = of(value);
        if (schema.intOrString()) {
            return found.equals("integer") || found.equals("string");
        }
        String wanted = schema.type();
        return wanted == null
                || wanted.isEmpty()
                || found.equals(wanted)
                || (wanted.equals("number") && found.equals("integer"));
    }

    static BigDecimal decimal(Number number) {
        return (number instanceof Long || number instanceof BigInteger)
                ? new BigDecimal(number.toString())
                : BigDecimal.valueOf(number.doubleValue());
    }

    /** {@return whether two values are equal, however their numbers are written} */
    static boolean same(Object one, Object other) {
        return (one instanceof Number left && other instanceof Number right)
                ? decimal(left).compareTo(decimal(right)) == 0
                : one.equals(other);
    }

    /** {@return a value as JSON, texts without quotes} */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> decimal(number).stripTrailingZeros().toPlainString();
            default -> CustomTypes.json(value);
        };
    }

    /** {@return a value as errors show it} */
    static Object shown(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> GoLiteral.of(text(number));
            default -> isNull(value) ? "null" : GoLiteral.of(CustomTypes.json(value));
        };
    }
}
