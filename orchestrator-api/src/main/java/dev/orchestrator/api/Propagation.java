package dev.orchestrator.api;

/** What becomes of the objects that a deleted object owns. */
public enum Propagation {
    /** The object goes at once, what it owns soon after. */
    BACKGROUND("Background"),
    /** What it owns goes first. */
    FOREGROUND("Foreground"),
    /** What it owns stays, without owner. */
    ORPHAN("Orphan");

    private final String text;

    Propagation(String text) {
        this.text = text;
    }

    /** {@return the name as Kubernetes spells it} */
    public String text() {
        return text;
    }
}
