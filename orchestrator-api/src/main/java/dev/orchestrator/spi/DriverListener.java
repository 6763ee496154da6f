package dev.orchestrator.spi;

/** Who is told what happens behind a driver; methods return quickly and may be called from any thread. */
public interface DriverListener {

    /** A container was started, ended or removed, or a sandbox stopped or removed: the pod is to be looked at again. */
    void podChanged(String podUid);

    /** The set of nodes or the readiness of one has changed. */
    void nodesChanged();

    /** Events may have been missed: everything is to be looked at again. */
    void eventsLost();
}
