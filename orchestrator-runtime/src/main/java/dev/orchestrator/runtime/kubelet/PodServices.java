package dev.orchestrator.runtime.kubelet;

import java.util.concurrent.atomic.AtomicLong;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.ContainerDriver;

/**
 * What the workers of all pods share.
 *
 * @param driverTime the time for waits inside operations
 * @param sequence orders questions to the driver
 */
record PodServices(
        ContainerDriver driver,
        ObjectStore store,
        EventRecorder events,
        TimeSource time,
        DriverTime driverTime,
        KubeletOptions options,
        Watchdog watchdog,
        Runners runners,
        NodeDirectory nodes,
        ServiceViews serviceViews,
        MissingObjects missing,
        PodDirectory pods,
        AtomicLong sequence) {

    private static final String COMPONENT = "kubelet";

    void normal(Resource about, String reason, String message) {
        events.event(about, "Normal", reason, message, COMPONENT);
    }

    void warning(Resource about, String reason, String message) {
        events.event(about, "Warning", reason, message, COMPONENT);
    }
}
