package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Volume;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Capabilities;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.SeccompProfile;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

/** What a container means to the engine. */
final class ContainerConfig {

    private static final long CPU_PERIOD = 100_000;
    private static final long LEAST_QUOTA = 1_000;
    private static final int LEAST_SHARES = 2;
    private static final int MOST_SHARES = 1 << 18;
    private static final int SHARES_PER_CPU = 1024;
    private static final int MILLI = 1000;

    private final Map<String, String> ownership;

    /**
     * Prepares for all containers of one driver.
     *
     * @param ownership the labels that say whose they are
     */
    ContainerConfig(Map<String, String> ownership) {
        this.ownership = ownership;
    }

    /**
     * {@return the command that makes a container}
     *
     * @param messageFile the file of the host that takes its termination message, if there is one
     * @throws DriverException with reason {@code CREATE_REJECTED} if something of it has no meaning to an engine
     */
    CreateContainerCmd command(DockerClient docker, Inspected sandbox, ContainerSpec spec, Optional<Path> messageFile) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("container:" + sandbox.id())
                .withIpcMode("container:" + sandbox.id())
                .withBinds(binds(spec, messageFile))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE));
        if (sandbox.label(Labels.SHARES_PROCESSES).equals("true")) {
            host.withPidMode("container:" + sandbox.id());
        } else if (sandbox.json().path("HostConfig").path("PidMode").asText().equals("host")) {
            host.withPidMode("host");
        }
        limit(host, spec.resources());
        CreateContainerCmd command = docker.createContainerCmd(spec.image())
                .withName(Names.container(sandbox, spec))
                .withLabels(labels(sandbox, spec, messageFile))
                .withEnv(spec.env().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .sorted()
                        .toList())
                .withTty(spec.terminal())
                .withStdinOpen(spec.stdin())
                .withStdInOnce(spec.stdinOnce())
                .withHostConfig(host);
        if (!spec.command().isEmpty()) {
            command.withEntrypoint(spec.command());
        }
        if (!spec.args().isEmpty()) {
            command.withCmd(spec.args());
        }
        if (spec.workingDir() != null && !spec.workingDir().isEmpty()) {
            command.withWorkingDir(spec.workingDir());
        }
        if (spec.stopSignal() != null) {
            command.withStopSignal(spec.stopSignal());
        }
        groups(host, sandbox);
        if (spec.security() != null) {
            secure(command, host, spec.security());
        }
        return command;
    }

    private Map<String, String> labels(Inspected sandbox, ContainerSpec spec, Optional<Path> messageFile) {
        var labels = new HashMap<String, String>(ownership);
        labels.put(Labels.KIND, Labels.CONTAINER);
        for (String copied : List.of(Labels.POD_NAME, Labels.POD_NAMESPACE, Labels.POD_UID)) {
            labels.put(copied, sandbox.label(copied));
        }
        labels.put(Labels.SANDBOX_ID, sandbox.id());
        labels.put(Labels.CONTAINER_NAME, spec.name());
        labels.put(Labels.IMAGE, spec.image());
        labels.put(Labels.ATTEMPT, Integer.toString(spec.attempt()));
        labels.put(Labels.MESSAGE_PATH, spec.terminationMessagePath());
        messageFile.ifPresent(file -> labels.put(Labels.MESSAGE_FILE, file.toString()));
        return labels;
    }

    private static List<Bind> binds(ContainerSpec spec, Optional<Path> messageFile) {
        var binds = new ArrayList<Bind>();
        for (ContainerSpec.MountSpec mount : spec.mounts()) {
            binds.add(new Bind(
                    mount.hostPath().toString(),
                    new Volume(mount.containerPath()),
                    mount.readOnly() ? AccessMode.ro : AccessMode.rw));
        }
        messageFile.ifPresent(
                file -> binds.add(new Bind(file.toString(), new Volume(spec.terminationMessagePath()), AccessMode.rw)));
        return binds;
    }

    // A limit of 1.5 CPUs is 150 ms of every 100 ms; a request of 250m is a weight of 256.
    static void limit(HostConfig host, ResourceRequirements resources) {
        Quantity memory = resources.limits().get("memory");
        if (memory != null && memory.signum() > 0) {
            host.withMemory(memory.ceiling()).withMemorySwap(memory.ceiling());
        }
        Quantity cpu = resources.limits().get("cpu");
        if (cpu != null && cpu.signum() > 0) {
            host.withCpuPeriod(CPU_PERIOD)
                    .withCpuQuota(Math.max(LEAST_QUOTA, Math.multiplyExact(cpu.milli(), CPU_PERIOD) / MILLI));
        }
        Quantity weight = resources.requests().getOrDefault("cpu", cpu);
        // Without a request a pod weighs as much as the engine's other containers, which are not ours to yield to.
        if (weight != null) {
            long shares = weight.milli() * SHARES_PER_CPU / MILLI;
            host.withCpuShares(Math.clamp(shares, LEAST_SHARES, MOST_SHARES));
        }
    }

    private static void groups(HostConfig host, Inspected sandbox) {
        String groups = sandbox.label(Labels.GROUPS);
        if (!groups.isEmpty()) {
            host.withGroupAdd(List.of(groups.split(",")));
        }
    }

    private static void secure(CreateContainerCmd command, HostConfig host, SecurityContext security) {
        if (security.runAsUser() != null) {
            command.withUser(
                    security.runAsGroup() == null
                            ? security.runAsUser().toString()
                            : security.runAsUser() + ":" + security.runAsGroup());
        }
        if (Boolean.TRUE.equals(security.privileged())) {
            host.withPrivileged(true);
        }
        if (Boolean.TRUE.equals(security.readOnlyRootFilesystem())) {
            host.withReadonlyRootfs(true);
        }
        Capabilities capabilities = security.capabilities();
        if (capabilities != null) {
            host.withCapAdd(capabilities(capabilities.add())).withCapDrop(capabilities(capabilities.drop()));
        }
        var options = new ArrayList<String>();
        if (Boolean.FALSE.equals(security.allowPrivilegeEscalation())) {
            options.add("no-new-privileges");
        }
        options.addAll(seccomp(security.seccompProfile()));
        if (!options.isEmpty()) {
            host.withSecurityOpts(options);
        }
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(ContainerConfig::capability).toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        try {
            return Capability.valueOf(upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper);
        } catch (IllegalArgumentException e) {
            throw new DriverException(Reason.CREATE_REJECTED, "unknown capability \"" + name + "\"", e);
        }
    }

    private static List<String> seccomp(@Nullable SeccompProfile profile) {
        if (profile == null) {
            return List.of();
        }
        return switch (profile.type()) {
            case "Unconfined" -> List.of("seccomp=unconfined");
            case "Localhost" -> List.of("seccomp=" + content(profile));
            default -> List.of();
        };
    }

    // The engine wants the profile itself, not its path.
    private static String content(SeccompProfile profile) {
        String path = profile.localhostProfile() == null ? "" : profile.localhostProfile();
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new DriverException(Reason.CREATE_REJECTED, "cannot load seccomp profile \"" + path + "\"", e);
        }
    }
}
