package dev.orchestrator.api;

import java.nio.file.Path;
import java.time.Duration;

import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.spi.ContainerDriver;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * What an orchestrator is started with.
 *
 * @param driver what runs the containers
 * @param time where the time comes from; null for the real time, which the orchestrator then owns and closes
 * @param name what threads and owner labels call it
 * @param namespace the namespace of objects that name none
 * @param admission what may change or refuse objects besides Kubernetes' own rules
 * @param scheduling what decides about the places of pods besides Kubernetes' own rules
 * @param autoscaling how autoscalers work and what they scale by
 * @param closeTimeout how long closing may take; what still runs then is left to the driver
 * @param stateDirectory where all objects are kept beyond the life of the orchestrator; null if they are not
 */
public record OrchestratorOptions(
        ContainerDriver driver,
        @Nullable TimeSource time,
        String name,
        String namespace,
        AdmissionPlugins admission,
        SchedulerPlugins scheduling,
        AutoscalingOptions autoscaling,
        Duration closeTimeout,
        @Nullable Path stateDirectory) {

    /** Refuses null. */
    public OrchestratorOptions {
        requireNonNull(driver, "driver is null");
        requireNonNull(name, "name is null");
        requireNonNull(namespace, "namespace is null");
        requireNonNull(admission, "admission is null");
        requireNonNull(scheduling, "scheduling is null");
        requireNonNull(autoscaling, "autoscaling is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
    }
}
