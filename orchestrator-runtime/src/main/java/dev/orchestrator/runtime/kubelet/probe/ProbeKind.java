package dev.orchestrator.runtime.kubelet.probe;

/** What a probe decides. */
public enum ProbeKind {
    /** Whether the container has started. */
    STARTUP("Startup"),
    /** Whether the container can take requests. */
    READINESS("Readiness"),
    /** Whether the container has to be restarted. */
    LIVENESS("Liveness");

    private final String text;

    ProbeKind(String text) {
        this.text = text;
    }

    /** {@return the word that messages begin with} */
    public String text() {
        return text;
    }
}
