package dev.orchestrator.runtime.access;

/**
 * Whether somebody may do something.
 *
 * @param allowed whether it is allowed
 * @param reason why, as Kubernetes says it; may be empty
 */
public record Decision(boolean allowed, String reason) {

    static final Decision ALLOWED = new Decision(true, "");
    static final Decision NO_OPINION = new Decision(false, "");
}
