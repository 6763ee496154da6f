package dev.orchestrator.docker;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Settings of a {@link DockerDriver}; all have defaults. */
public final class DockerDriverBuilder {

    private static final int PODS = 110;

    private Surroundings surroundings = Surroundings.ofThisProcess();
    private @Nullable String host;
    private String pauseImage = "registry.k8s.io/pause:3.10";
    private String nodeName = "docker";
    private Duration callTimeout = Duration.ofSeconds(90);
    private Duration stopGrace = Duration.ofSeconds(1);
    private int maxPods = PODS;

    DockerDriverBuilder() {}

    /**
     * Sets the engine to use, instead of the one that the docker CLI would find.
     *
     * @param address as in {@code DOCKER_HOST}: {@code unix:///path} or {@code tcp://host:port}; the certificates for a
     *     secured connection are found by {@code DOCKER_CERT_PATH} and {@code DOCKER_TLS_VERIFY}
     */
    public DockerDriverBuilder host(String address) {
        this.host = requireNonNull(address, "address is null");
        return this;
    }

    /**
     * Sets the image of the container that owns the network of a pod, on machines that the driver has no program of its
     * own for; it is pulled when it is not present.
     */
    public DockerDriverBuilder pauseImage(String reference) {
        this.pauseImage = requireNonNull(reference, "reference is null");
        return this;
    }

    /** Sets the name of the only node; {@code docker} by default. */
    public DockerDriverBuilder nodeName(String name) {
        this.nodeName = requireNonNull(name, "name is null");
        return this;
    }

    /** Sets how long a call of the engine may take, other than one that waits for a process or brings an image. */
    public DockerDriverBuilder callTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("call timeout must be positive: " + timeout);
        }
        this.callTimeout = timeout;
        return this;
    }

    /** Sets how long containers that still run have to end by themselves when the driver is closed. */
    public DockerDriverBuilder stopGrace(Duration grace) {
        this.stopGrace = requireNonNull(grace, "grace is null");
        return this;
    }

    /** Sets how many pods the node takes, 110 by default; 250 at most, for that is what the network has room for. */
    public DockerDriverBuilder maxPods(int pods) {
        if (pods < 1 || pods > 250) {
            throw new IllegalArgumentException("a node takes 1 to 250 pods: " + pods);
        }
        this.maxPods = pods;
        return this;
    }

    /** What says where engines are: for tests. */
    DockerDriverBuilder surroundings(Surroundings other) {
        this.surroundings = other;
        return this;
    }

    /** {@return a driver with these settings, not started} */
    public DockerDriver build() {
        return new DockerDriver(settings());
    }

    Settings settings() {
        return new Settings(surroundings, host, pauseImage, nodeName, callTimeout, stopGrace, maxPods);
    }

    /**
     * What was set.
     *
     * @param surroundings what says where engines are
     * @param host the engine to use; null to look for one
     * @param pauseImage the image of pause containers
     * @param nodeName the name of the node
     * @param callTimeout the limit of calls
     * @param stopGrace the time for containers to end at close
     * @param maxPods how many pods the node takes
     */
    record Settings(
            Surroundings surroundings,
            @Nullable String host,
            String pauseImage,
            String nodeName,
            Duration callTimeout,
            Duration stopGrace,
            int maxPods) {

        List<EngineCandidates.Candidate> candidates() {
            return host == null
                    ? new EngineCandidates(surroundings).all()
                    : new EngineCandidates(surroundings.with("DOCKER_HOST", host)).all();
        }
    }
}
