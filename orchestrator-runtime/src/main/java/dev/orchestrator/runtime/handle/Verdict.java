package dev.orchestrator.runtime.handle;

/** What a look at an object says about a wait. */
sealed interface Verdict {

    /** What was awaited is the case. */
    Verdict DONE = new Done();

    /** Not yet. */
    Verdict PENDING = new Pending();

    /** It is the case. */
    record Done() implements Verdict {}

    /** It may still come. */
    record Pending() implements Verdict {}

    /** It can not come without a change. */
    record Impossible(String why) implements Verdict {}

    static Verdict of(boolean done) {
        return done ? DONE : PENDING;
    }
}
