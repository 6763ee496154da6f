package dev.orchestrator.runtime.serving;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.store.ObjectStore;

/**
 * A running orchestrator as a server sees it: the objects, through the same admission as everybody's, and the running
 * containers. It holds no rule of its own.
 */
public interface ServedCluster {

    /**
     * {@return what there is to serve of an orchestrator}
     *
     * @throws IllegalArgumentException if the orchestrator does not run in this JVM
     */
    static ServedCluster of(Orchestrator orchestrator) {
        if (orchestrator instanceof ServedCluster served) {
            return served;
        }
        throw new IllegalArgumentException("only an orchestrator of this JVM can be served: found "
                + orchestrator.getClass().getName());
    }

    /** {@return the objects} */
    ObjectStore store();

    /** {@return where the time comes from} */
    TimeSource time();

    /** {@return the containers that run} */
    ContainerAccess containers();
}
