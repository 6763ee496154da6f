package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** A container added to a running pod, for looking around. */
@Model
public record EphemeralContainer(
        List<String> args,
        List<String> command,
        List<EnvVar> env,
        List<EnvFromSource> envFrom,
        @Nullable String image,
        @Nullable String imagePullPolicy,
        @Nullable Lifecycle lifecycle,
        @Nullable Probe livenessProbe,
        @Required String name,
        List<ContainerPort> ports,
        @Nullable Probe readinessProbe,
        List<ContainerResizePolicy> resizePolicy,
        ResourceRequirements resources,
        @Nullable String restartPolicy,
        List<ContainerRestartRule> restartPolicyRules,
        @Nullable SecurityContext securityContext,
        @Nullable Probe startupProbe,
        boolean stdin,
        boolean stdinOnce,
        @Nullable String targetContainerName,
        @Nullable String terminationMessagePath,
        @Nullable String terminationMessagePolicy,
        boolean tty,
        List<VolumeDevice> volumeDevices,
        List<VolumeMount> volumeMounts,
        @Nullable String workingDir) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EphemeralContainer {
        args = Immutables.list(args);
        command = Immutables.list(command);
        env = Immutables.list(env);
        envFrom = Immutables.list(envFrom);
        name = Immutables.text(name);
        ports = Immutables.list(ports);
        resizePolicy = Immutables.list(resizePolicy);
        resources = requireNonNullElse(resources, ResourceRequirements.EMPTY);
        restartPolicyRules = Immutables.list(restartPolicyRules);
        volumeDevices = Immutables.list(volumeDevices);
        volumeMounts = Immutables.list(volumeMounts);
    }

    /** {@return the fields that every container has} */
    public Container asContainer() {
        return ContainerBuilder.builder()
                .args(args())
                .command(command())
                .env(env())
                .envFrom(envFrom())
                .image(image())
                .imagePullPolicy(imagePullPolicy())
                .lifecycle(lifecycle())
                .livenessProbe(livenessProbe())
                .name(name())
                .ports(ports())
                .readinessProbe(readinessProbe())
                .resizePolicy(resizePolicy())
                .resources(resources())
                .restartPolicy(restartPolicy())
                .restartPolicyRules(restartPolicyRules())
                .securityContext(securityContext())
                .startupProbe(startupProbe())
                .stdin(stdin())
                .stdinOnce(stdinOnce())
                .terminationMessagePath(terminationMessagePath())
                .terminationMessagePolicy(terminationMessagePolicy())
                .tty(tty())
                .volumeDevices(volumeDevices())
                .volumeMounts(volumeMounts())
                .workingDir(workingDir())
                .build();
    }
}
