package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.volume.LastingVolumes;
import org.jspecify.annotations.Nullable;

/**
 * How a kubelet deals with its driver.
 *
 * @param callTimeout how long a driver call may take before it is given up and reported on the pod
 * @param pullTimeout how long bringing an image may take
 * @param slowAfter after how long a pod that is being started shows how far it is
 * @param probeSpread which part of its period, from 0 to 1, a probe waits before its second run, so that the probes of
 *     many pods that start together do not run together; always 0 on a manual clock
 * @param drain asked before a container of a deleted pod is told to end
 * @param closeTimeout how long closing waits for driver calls that do not end when they are interrupted
 * @param volumes where the volumes of pods are that outlive the kubelet; null if they end with it
 */
public record KubeletOptions(
        Duration callTimeout,
        Duration pullTimeout,
        Duration slowAfter,
        DoubleSupplier probeSpread,
        PodDrain drain,
        Duration closeTimeout,
        @Nullable LastingVolumes volumes) {

    /** {@return what suits most: calls take 2 minutes at most, pulls an hour, probes are not spread} */
    public static KubeletOptions standard() {
        return new KubeletOptions(
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                () -> 0,
                KubeletOptions::atOnce,
                Duration.ofSeconds(5),
                null);
    }

    private static Runnable atOnce(Pod pod, String podIp, Runnable task) {
        task.run();
        return () -> {};
    }

    /** {@return the same with another limit for driver calls} */
    public KubeletOptions withCallTimeout(Duration timeout) {
        return new KubeletOptions(timeout, pullTimeout, slowAfter, probeSpread, drain, closeTimeout, volumes);
    }

    /** {@return the same with another spread of probes} */
    public KubeletOptions withProbeSpread(DoubleSupplier spread) {
        return new KubeletOptions(callTimeout, pullTimeout, slowAfter, spread, drain, closeTimeout, volumes);
    }

    /** {@return the same with a say in when containers of deleted pods are told to end} */
    public KubeletOptions withDrain(PodDrain by) {
        return new KubeletOptions(callTimeout, pullTimeout, slowAfter, probeSpread, by, closeTimeout, volumes);
    }

    /** {@return the same with another limit for closing} */
    public KubeletOptions withCloseTimeout(Duration timeout) {
        return new KubeletOptions(callTimeout, pullTimeout, slowAfter, probeSpread, drain, timeout, volumes);
    }

    /** {@return the same with volumes that outlive the kubelet; null for none} */
    public KubeletOptions withVolumes(@Nullable LastingVolumes places) {
        return new KubeletOptions(callTimeout, pullTimeout, slowAfter, probeSpread, drain, closeTimeout, places);
    }
}
