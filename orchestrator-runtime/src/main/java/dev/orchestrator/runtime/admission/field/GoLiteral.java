package dev.orchestrator.runtime.admission.field;

import java.util.List;

import dev.orchestrator.runtime.text.GoText;

/** A value that is Go source already, where its Java type does not tell its Go type. */
public final class GoLiteral {

    private final String source;

    private GoLiteral(String source) {
        this.source = source;
    }

    /** {@return a value shown as it is} */
    public static GoLiteral of(String source) {
        return new GoLiteral(source);
    }

    /** {@return a list of texts of a named type, such as {@code []core.ResourceQuotaScope{"BestEffort"}}} */
    public static GoLiteral texts(String type, List<String> values) {
        return new GoLiteral(values.isEmpty() ? "[]" + type + "(nil)" : GoText.texts(type, values));
    }

    @Override
    public String toString() {
        return source;
    }
}
