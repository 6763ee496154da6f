package dev.orchestrator.docker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ports;
import dev.orchestrator.api.model.core.PodDNSConfig;
import dev.orchestrator.api.model.core.PodSecurityContext;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.Sysctl;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** What a sandbox means to the engine: a pause container that owns network, host name and shared memory of its pod. */
final class SandboxConfig {

    private static final String HOST = "host";
    private static final int CPU_SHARES = 2;
    private static final String NOBODY = "65535:65535";

    private final String pauseImage;
    private final Optional<Program> program;
    private final String serviceRange;
    private final PodNetwork network;
    private final String publishedOn;
    private final Map<String, String> ownership;

    /**
     * Prepares for all sandboxes of one driver.
     *
     * @param program what runs in them; empty for that of the pause image, which knows no services
     * @param serviceRange where the addresses of services are
     * @param publishedOn the address of the engine's machine that ports are published on
     * @param ownership the labels that say whose they are
     */
    SandboxConfig(
            String pauseImage,
            Optional<Program> program,
            String serviceRange,
            PodNetwork network,
            String publishedOn,
            Map<String, String> ownership) {
        this.program = program;
        this.serviceRange = serviceRange;
        this.pauseImage = pauseImage;
        this.network = network;
        this.publishedOn = publishedOn;
        this.ownership = ownership;
    }

    CreateContainerCmd command(DockerClient docker, SandboxSpec spec) {
        PodSpec pod = spec.pod();
        boolean isOnHost = Boolean.TRUE.equals(pod.hostNetwork());
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(isOnHost ? HOST : network.name())
                .withIpcMode(Boolean.TRUE.equals(pod.hostIPC()) ? HOST : "shareable")
                .withCpuShares(CPU_SHARES)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
        if (Boolean.TRUE.equals(pod.hostPID())) {
            host.withPidMode(HOST);
        }
        CreateContainerCmd command = docker.createContainerCmd(
                        program.map(Program::image).orElse(pauseImage))
                .withName(Names.sandbox(spec))
                .withLabels(labels(spec))
                .withHostConfig(host);
        if (!isOnHost) {
            command.withHostName(spec.hostname());
            host.withExtraHosts(aliases(pod));
            publish(command, host, spec.ports());
        }
        resolve(host, spec);
        program.ifPresent(own -> hold(command, host, isOnHost));
        if (pod.securityContext() != null && !pod.securityContext().sysctls().isEmpty()) {
            var sysctls = new HashMap<String, String>();
            for (Sysctl sysctl : pod.securityContext().sysctls()) {
                sysctls.put(sysctl.name(), sysctl.value());
            }
            host.withSysctls(sysctls);
        }
        return command;
    }

    private Map<String, String> labels(SandboxSpec spec) {
        var labels = new HashMap<String, String>(ownership);
        labels.put(Labels.KIND, Labels.SANDBOX);
        labels.put(Labels.POD_NAME, spec.podName());
        labels.put(Labels.POD_NAMESPACE, spec.namespace());
        labels.put(Labels.POD_UID, spec.podUid());
        labels.put(Labels.ATTEMPT, Integer.toString(spec.attempt()));
        if (Boolean.TRUE.equals(spec.pod().shareProcessNamespace())) {
            labels.put(Labels.SHARES_PROCESSES, "true");
        }
        String groups = groups(spec.pod().securityContext());
        if (!groups.isEmpty()) {
            labels.put(Labels.GROUPS, groups);
        }
        return labels;
    }

    private static String groups(@Nullable PodSecurityContext security) {
        if (security == null) {
            return "";
        }
        return Stream.concat(security.supplementalGroups().stream(), Stream.ofNullable(security.fsGroup()))
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    private static String[] aliases(PodSpec pod) {
        return pod.hostAliases().stream()
                .flatMap(alias -> alias.hostnames().stream().map(name -> name + ":" + alias.ip()))
                .toArray(String[]::new);
    }

    /** The way to services is laid from inside, by a program that then gives up the right to do so. */
    private void hold(CreateContainerCmd command, HostConfig host, boolean isOnHost) {
        host.withCapDrop(Capability.ALL);
        if (isOnHost) {
            command.withUser(NOBODY).withCmd("pause");
        } else {
            host.withCapAdd(Capability.NET_ADMIN, Capability.SETUID, Capability.SETGID);
            command.withCmd("pause", network.services(), serviceRange);
        }
    }

    /**
     * Names are looked up as Kubernetes has it for each policy; what a pod says itself comes behind, or counts alone.
     */
    private void resolve(HostConfig host, SandboxSpec spec) {
        PodSpec pod = spec.pod();
        boolean isOnHost = Boolean.TRUE.equals(pod.hostNetwork());
        String policy = Objects.requireNonNullElse(pod.dnsPolicy(), "ClusterFirst");
        boolean isOfCluster = program.isPresent()
                && (policy.equals("ClusterFirstWithHostNet") || (policy.equals("ClusterFirst") && !isOnHost));
        var servers = new ArrayList<String>();
        var searches = new ArrayList<String>();
        var options = new LinkedHashMap<String, String>();
        if (isOfCluster) {
            servers.add(network.services());
            searches.addAll(List.of(spec.namespace() + ".svc.cluster.local", "svc.cluster.local", "cluster.local"));
            options.put("ndots", "ndots:5");
        }
        PodDNSConfig dns = pod.dnsConfig();
        if (dns != null) {
            servers.addAll(dns.nameservers());
            searches.addAll(dns.searches());
            dns.options()
                    .forEach(option -> options.put(
                            option.name(),
                            option.value() == null ? option.name() : option.name() + ":" + option.value()));
        }
        host.withDns(servers);
        host.withDnsSearch(searches.stream().distinct().toList());
        host.withDnsOptions(List.copyOf(options.values()));
    }

    private void publish(CreateContainerCmd command, HostConfig host, List<PublishedPort> ports) {
        var exposed = new ArrayList<ExposedPort>();
        var bindings = new Ports();
        ports.stream().filter(port -> port.protocol() != TransportProtocol.SCTP).forEach(port -> {
            var inside = port.protocol() == TransportProtocol.UDP
                    ? ExposedPort.udp(port.containerPort())
                    : ExposedPort.tcp(port.containerPort());
            if (exposed.contains(inside) && port.hostPort() == 0) {
                return;
            }
            exposed.add(inside);
            String address = port.hostIp().isEmpty() ? publishedOn : port.hostIp();
            bindings.bind(
                    inside, new Ports.Binding(address, port.hostPort() == 0 ? "" : Integer.toString(port.hostPort())));
        });
        command.withExposedPorts(exposed);
        host.withPortBindings(bindings);
    }
}
