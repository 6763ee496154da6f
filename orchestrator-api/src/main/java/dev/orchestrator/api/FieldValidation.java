package dev.orchestrator.api;

/** What becomes of fields that Kubernetes does not know, and of fields given twice. */
public enum FieldValidation {
    /** The object is refused; the message names each of the fields with its path. */
    STRICT,
    /** The object is taken without them, and each is reported as a warning. */
    WARN
}
