package dev.orchestrator.runtime.controller.autoscaler;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.store.ObjectStore;

/** Looks at each autoscaler once in a period, the first time a period after it was made, as Kubernetes does. */
public final class AutoscalerController implements Controller {

    private static final int WORKERS = 5;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final AutoscalingOptions options;

    /**
     * Creates the controller; it works once connected.
     *
     * @param options whose metrics are all there are
     */
    public AutoscalerController(ObjectStore store, TimeSource time, EventRecorder events, AutoscalingOptions options) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.options = options;
    }

    @Override
    public String name() {
        return "horizontal-pod-autoscaler";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> queue = wiring.queue(
                "horizontal-pod-autoscaler", WORKERS, new AutoscalerReconciler(store, time, events, options));
        wiring.watch(ResourceTypes.HORIZONTAL_POD_AUTOSCALER, change -> {
            if (change.isDeleted()) {
                queue.add(change.object().key());
            } else if (change.isAdded()) {
                queue.addAfter(change.object().key(), options.period());
            }
        });
    }
}
