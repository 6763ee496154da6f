package dev.orchestrator.runtime.loop;

/** A part of the orchestrator that reacts to changes of stored objects. */
public interface Controller {

    /** {@return the name, as it appears in logs, metrics and as the source of events} */
    String name();

    /** Declares queues and watches. Called once, before anything runs. */
    void connect(Wiring wiring);
}
