package dev.orchestrator.runtime.kubelet;

import java.util.concurrent.atomic.AtomicLong;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EventSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.volume.PodVolumes;
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
        PodVolumes volumes,
        ImagePulls pulls,
        DeferredResizes deferred,
        PodDirectory pods,
        AtomicLong sequence) {

    private static final String COMPONENT = "kubelet";
    private static final String NORMAL = "Normal";
    private static final String WARNING = "Warning";

    /** Reports what happens to a pod. */
    void normal(Pod pod, String reason, String message) {
        events.event(pod, null, NORMAL, reason, message, source(pod));
    }

    /** Reports what goes wrong with a pod. */
    void warning(Pod pod, String reason, String message) {
        events.event(pod, null, WARNING, reason, message, source(pod));
    }

    /** Reports what happens to a container. */
    void normal(Pod pod, String container, String reason, String message) {
        events.event(pod, fieldPath(pod, container), NORMAL, reason, message, source(pod));
    }

    /** Reports what goes wrong with a container. */
    void warning(Pod pod, String container, String reason, String message) {
        events.event(pod, fieldPath(pod, container), WARNING, reason, message, source(pod));
    }

    private static EventSource source(Pod pod) {
        return new EventSource(COMPONENT, pod.spec().nodeName());
    }

    /** {@return how Kubernetes names a container of a pod: {@code spec.containers{web}}} */
    static String fieldPath(Pod pod, String name) {
        for (Container container : pod.spec().containers()) {
            if (container.name().equals(name)) {
                return "spec.containers{" + name + "}";
            }
        }
        for (Container container : pod.spec().initContainers()) {
            if (container.name().equals(name)) {
                return "spec.initContainers{" + name + "}";
            }
        }
        return "spec.ephemeralContainers{" + name + "}";
    }
}
