package dev.orchestrator.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

/** An engine that has answered: docker-java's commands for what ends by itself, exchanges for what streams. */
final class Engine implements AutoCloseable {

    private static final int NAME_TRIES = 100;
    private static final Duration NAME_PAUSE = Duration.ofMillis(20);

    private final EngineHttp http;
    private final ApiVersion version;
    private final Duration callTimeout;
    private final boolean isPodman;
    private final Map<String, String> unstartable = new ConcurrentHashMap<>();
    private final ReentrantLock commandsLock = new ReentrantLock();
    private volatile @Nullable DockerClient commands;

    Engine(EngineHttp http, ApiVersion version, Duration callTimeout, boolean isPodman) {
        this.http = http;
        this.isPodman = isPodman;
        this.version = version;
        this.callTimeout = callTimeout;
    }

    /** docker-java's commands. Its classes take longer to load than an engine takes to answer: only when needed. */
    private DockerClient commands() {
        DockerClient made = commands;
        if (made != null) {
            return made;
        }
        commandsLock.lock();
        try {
            made = commands;
            if (made == null) {
                // Only the version matters of it; nothing of the environment may, the engine has been found.
                DockerClientConfig configuration = new DefaultDockerClientConfig.Builder()
                        .withDockerHost("unix:///engine")
                        .withApiVersion(version.toString())
                        .build();
                made = DockerClientImpl.getInstance(configuration, http.within(callTimeout));
                commands = made;
            }
            return made;
        } finally {
            commandsLock.unlock();
        }
    }

    EngineAddress address() {
        return http.address();
    }

    ApiVersion version() {
        return version;
    }

    Duration callTimeout() {
        return callTimeout;
    }

    /**
     * Makes a call by docker-java's commands, and translates its failure.
     *
     * @param what what is done, for the message of a failure
     * @param call the call; it may catch what docker-java throws for status codes it expects
     */
    <T> T call(String what, Function<DockerClient, T> call) throws InterruptedException {
        return attempt(what, () -> call.apply(commands()));
    }

    /**
     * Makes a call, and translates its failure.
     *
     * @param what what is done, for the message of a failure
     * @param call the call; it may catch what {@link #ask} throws for status codes it expects
     */
    <T> T attempt(String what, Supplier<T> call) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + what);
        }
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw Failures.translated(what, e);
        }
    }

    /**
     * Reads what the engine knows of one thing.
     *
     * @throws DriverException with reason {@code NOT_FOUND} if there is no such thing
     */
    JsonNode get(String what, String path) throws InterruptedException {
        return attempt(what, () -> ask("GET", path, ""));
    }

    /**
     * Asks the engine without docker-java's commands; to be called in {@link #attempt}.
     *
     * @param path the path with its query, without the version
     * @param body JSON to send; empty for none
     * @return what it answers; missing if that is nothing
     * @throws DockerException if the engine refuses
     * @throws UncheckedIOException if it can not be asked
     */
    JsonNode ask(String method, String path, String body) {
        try (Exchange answer = http.call(request(method, path, body).build(), callTimeout)) {
            int status = answer.getStatusCode();
            if (status < 200 || status >= 300) {
                throw new DockerException(HttpHead.text(answer.getBody()), status);
            }
            return Json.read(answer.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the containers that carry all of some labels, as the engine lists them}
     *
     * @param labels names, or names and values with {@code =} between
     */
    List<JsonNode> containers(boolean isStoppedToo, Collection<String> labels) throws InterruptedException {
        String filters = encoded(Json.text(Map.of("label", labels)));
        var containers = new ArrayList<JsonNode>();
        get("listing containers", "/containers/json?all=" + isStoppedToo + "&filters=" + filters)
                .forEach(containers::add);
        return containers;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@return what the engine knows of one thing, if there is such a thing} */
    Optional<JsonNode> find(String what, String path) throws InterruptedException {
        try {
            return Optional.of(get(what, path));
        } catch (DriverException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * {@return the container of a name that is taken}. The engine takes a name a moment before there is a container.
     *
     * @throws DriverException with reason {@code UNAVAILABLE} if there is none for long
     */
    Inspected awaitContainer(String what, String name) throws InterruptedException {
        for (int i = 0; i < NAME_TRIES; i++) {
            Optional<Inspected> found = Inspected.find(this, name);
            if (found.isPresent()) {
                return found.get();
            }
            http.timers().sleep(NAME_PAUSE);
        }
        throw new DriverException(Reason.UNAVAILABLE, what + ": the name " + name + " is taken, but nothing has it");
    }

    /** Keeps in mind why a container could not be started. Docker does so itself, Podman does not. */
    void noteUnstartable(String id, String error) {
        unstartable.put(id, error);
    }

    /** Forgets a container that is gone. */
    void forget(String id) {
        unstartable.remove(id);
    }

    /** {@return why a container could not be started; empty when nothing is known of it} */
    String unstartable(String id) {
        return unstartable.getOrDefault(id, "");
    }

    /** {@return whether it begins to answer who follows a log only when there is a line to send, as Podman does} */
    boolean isSilentUntilLine() {
        return isPodman;
    }

    boolean isClosed() {
        return http.isClosed();
    }

    /**
     * Opens what may go on for ever.
     *
     * @param method {@code GET} or {@code POST}
     * @param path the path with its query, without the version
     * @param body JSON to send; empty for none
     * @throws DriverException with reason {@code NOT_FOUND} or {@code UNAVAILABLE}; its cause is a
     *     {@link DockerException} if the engine refuses
     */
    Exchange open(String what, String method, String path, String body) throws InterruptedException {
        return open(what, request(method, path, body).build());
    }

    /** Opens a connection that is handed over to a process. */
    Exchange hijack(String what, String path, String body) throws InterruptedException {
        return open(
                what,
                request("POST", path, body)
                        .putHeader("Connection", "Upgrade")
                        .putHeader("Upgrade", "tcp")
                        .build());
    }

    private Request.Builder request(String method, String path, String body) {
        Request.Builder request = Request.builder().method(method).path("/v" + version + path);
        return body.isEmpty()
                ? request
                : request.putHeader("Content-Type", "application/json")
                        .bodyBytes(body.getBytes(StandardCharsets.UTF_8));
    }

    Exchange open(String what, Request request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + what);
        }
        Exchange exchange;
        try {
            exchange = http.stream(request, callTimeout);
        } catch (RuntimeException e) {
            throw Failures.translated(what, e);
        }
        int status = exchange.getStatusCode();
        if (status == 101 || (status >= 200 && status < 300)) {
            return exchange;
        }
        try (exchange) {
            throw Failures.translated(what, new DockerException(HttpHead.text(exchange.getBody()), status));
        } catch (IOException e) {
            throw Failures.translated(what, e);
        }
    }

    /** Closes every connection; calls that wait fail with {@link Reason#UNAVAILABLE}. */
    @Override
    public void close() {
        http.close();
    }
}
