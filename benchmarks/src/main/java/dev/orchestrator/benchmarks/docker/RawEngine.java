package dev.orchestrator.benchmarks.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;

/** docker-java as its users have it, doing what a pod takes: a pause container, and one that joins its network. */
final class RawEngine implements AutoCloseable {

    static final String IMAGE = "busybox:1.37";
    static final String PAUSE = "registry.k8s.io/pause:3.10";

    /** Ends at once when it is told to, so that what is measured is the engine. */
    static final List<String> COMMAND = List.of("sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait");

    private static final int CONNECTIONS = 100;
    private static final int GRACE = 30;

    private final DockerClient docker;

    RawEngine() {
        DockerClientConfig configuration =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        docker = DockerClientImpl.getInstance(
                configuration,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(configuration.getDockerHost())
                        .sslConfig(configuration.getSSLConfig())
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(Duration.ofSeconds(30))
                        .build());
    }

    DockerClient docker() {
        return docker;
    }

    void ping() {
        docker.pingCmd().exec();
    }

    void makeNetwork(String name) {
        docker.createNetworkCmd().withName(name).withDriver("bridge").exec();
    }

    void removeNetwork(String name) {
        docker.removeNetworkCmd(name).exec();
    }

    /** The calls that a pod takes, up to the inspection that says that its container runs. */
    void up(String network, String name) {
        String pause = docker.createContainerCmd(PAUSE)
                .withName(name + "-pause")
                .withHostConfig(
                        HostConfig.newHostConfig().withNetworkMode(network).withIpcMode("shareable"))
                .exec()
                .getId();
        docker.startContainerCmd(pause).exec();
        docker.inspectContainerCmd(pause).exec();
        String app = docker.createContainerCmd(IMAGE)
                .withName(name)
                .withCmd(COMMAND)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("container:" + pause)
                        .withIpcMode("container:" + pause))
                .exec()
                .getId();
        docker.startContainerCmd(app).exec();
        docker.inspectContainerCmd(app).exec();
    }

    /** The calls that take a pod away: its container ends by itself, then both go. */
    void down(String name) {
        docker.stopContainerCmd(name).withTimeout(GRACE).exec();
        docker.removeContainerCmd(name).exec();
        docker.removeContainerCmd(name + "-pause").withForce(true).exec();
    }

    /** Runs {@code true} in a container until its exit code is known. */
    void exec(String name) throws InterruptedException {
        String id = docker.execCreateCmd(name)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd("true")
                .exec()
                .getId();
        docker.execStartCmd(id).exec(new ResultCallback.Adapter<Frame>()).awaitCompletion();
        Long code = docker.inspectExecCmd(id).exec().getExitCodeLong();
        if (code == null || code != 0) {
            throw new IllegalStateException("true ended with " + code);
        }
    }

    /** {@return the id of the container of a pod of ours} */
    String containerOf(String pod) {
        return docker.listContainersCmd()
                .withLabelFilter(Map.of("io.kubernetes.pod.name", pod, "dev.orchestrator.kind", "container"))
                .exec()
                .getFirst()
                .getId();
    }

    @Override
    public void close() throws java.io.IOException {
        docker.close();
    }
}
