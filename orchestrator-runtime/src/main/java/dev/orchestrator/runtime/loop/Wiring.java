package dev.orchestrator.runtime.loop;

import java.util.function.Consumer;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/** What a controller is connected with. */
public interface Wiring {

    /**
     * Declares a queue of keys and what is done with them.
     *
     * @param name names the queue in logs and metrics
     * @param workers how many keys are worked on at the same time
     * @param reconciler does the work
     */
    <K> WorkQueue<K> queue(String name, int workers, Reconciler<K> reconciler);

    /**
     * Asks for the changes of a type. The objects that exist when the loops start come first, as additions.
     *
     * @param onChange called on the one thread that hands out all changes, in order: it maps the change to keys and
     *     adds them to queues, and never blocks. What it throws is logged and stops nobody
     */
    <R extends Resource> void watch(ResourceType<R> type, Consumer<Change<R>> onChange);

    /** Asks for the changes of the objects of all custom kinds, those included that are defined later. */
    void watchCustom(Consumer<Change<CustomObject>> onChange);
}
