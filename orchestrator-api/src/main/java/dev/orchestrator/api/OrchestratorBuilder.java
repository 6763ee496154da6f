package dev.orchestrator.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;

import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.spi.ContainerDriver;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The settings of an orchestrator in the making; not for use by several threads at once. */
public final class OrchestratorBuilder {

    private final ContainerDriver driver;
    private @Nullable TimeSource time;
    private String name = "orchestrator";
    private String namespace = "default";
    private AdmissionPlugins admission = AdmissionPlugins.NONE;
    private SchedulerPlugins scheduling = SchedulerPlugins.NONE;
    private AutoscalingOptions autoscaling = AutoscalingOptions.STANDARD;
    private Duration closeTimeout = Duration.ofSeconds(30);
    private @Nullable Path stateDirectory;

    OrchestratorBuilder(ContainerDriver driver) {
        this.driver = requireNonNull(driver, "driver is null");
    }

    /** Takes the time from somewhere else: a {@link ManualClock} in tests. */
    public OrchestratorBuilder time(TimeSource source) {
        time = requireNonNull(source, "time is null");
        return this;
    }

    /** Names the orchestrator for threads and owner labels; one with a state directory keeps its name. */
    public OrchestratorBuilder name(String text) {
        name = requireNonNull(text, "name is null");
        return this;
    }

    /** Sets the namespace of objects that name none; by default {@code default}. */
    public OrchestratorBuilder namespace(String text) {
        namespace = requireNonNull(text, "namespace is null");
        return this;
    }

    /** Sets plug-ins that may change or refuse objects before they are stored; by default none. */
    public OrchestratorBuilder admission(AdmissionPlugins plugins) {
        admission = requireNonNull(plugins, "plugins is null");
        return this;
    }

    /** Sets rules about where pods run, besides Kubernetes' own; by default none. */
    public OrchestratorBuilder scheduling(SchedulerPlugins plugins) {
        scheduling = requireNonNull(plugins, "plugins is null");
        return this;
    }

    /** Sets what autoscalers can scale by besides what the driver measures; by default nothing. */
    public OrchestratorBuilder metrics(MetricsSource source) {
        autoscaling = autoscaling.withMetrics(requireNonNull(source, "source is null"));
        return this;
    }

    /** Sets how autoscalers work, and their source of figures; by default as in Kubernetes. */
    public OrchestratorBuilder autoscaling(AutoscalingOptions options) {
        autoscaling = requireNonNull(options, "options is null");
        return this;
    }

    /** Sets how long closing may take; by default thirty seconds. */
    public OrchestratorBuilder closeTimeout(Duration timeout) {
        closeTimeout = requireNonNull(timeout, "closeTimeout is null");
        return this;
    }

    /**
     * Keeps all objects in a directory, so that they outlive the orchestrator and its JVM, however it ends. By default
     * they end with the orchestrator.
     *
     * <p>A write returns when it is safe on the disk. The next orchestrator that is started with the directory has all
     * objects as they were, with their uids, and its revisions go on from there. After a crash it takes up the
     * containers that still run where the driver lets them outlive a JVM; those that ended meanwhile are restarted by
     * the rules of their pods. After {@link Orchestrator#close()} no container is left, and pods run again as after the
     * restart of a machine.
     *
     * <p>The directory is made if need be, belongs to the orchestrator alone and can be read by nobody else, as it may
     * hold secrets. One orchestrator at a time can use it.
     */
    public OrchestratorBuilder stateDirectory(Path directory) {
        stateDirectory = requireNonNull(directory, "directory is null");
        return this;
    }

    /**
     * {@return a running orchestrator; blocks until it takes requests}
     *
     * @throws InterruptedException if interrupted while starting; nothing is left behind
     * @throws StateException if there is a state directory that can not be used
     * @throws IllegalStateException if {@code orchestrator-runtime} is missing
     */
    public Orchestrator start() throws InterruptedException {
        OrchestratorProvider provider = ServiceLoader.load(
                        OrchestratorProvider.class, OrchestratorBuilder.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("orchestrator-runtime is missing: nothing on the class path"
                                + " or module path provides " + OrchestratorProvider.class.getName()));
        return provider.start(new OrchestratorOptions(
                driver, time, name, namespace, admission, scheduling, autoscaling, closeTimeout, stateDirectory));
    }
}
