package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.SystemTime;
import dev.orchestrator.docker.EngineCandidates.Candidate;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.PublishedService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an engine may do to its client: hang, drop connections, answer nonsense. Needs no engine. */
@Timeout(30)
class EngineFaultsIT {

    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final SystemTime timers = new SystemTime();

    @AfterEach
    void close() {
        timers.close();
    }

    private Engine engine(FakeEngine fake, Duration callTimeout) {
        return new Engine(new EngineHttp(fake.address(), timers), new ApiVersion(1, 41), callTimeout, false);
    }

    private static boolean hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return false;
    }

    @Test
    void aCallThatIsNeverAnsweredEndsAtItsDeadline() throws Exception {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> hang());
                Engine engine = engine(fake, SHORT)) {
            var command = catchThrowableOfType(
                    DriverException.class,
                    () -> engine.call("inspecting", docker -> docker.infoCmd().exec()));
            var stream =
                    catchThrowableOfType(DriverException.class, () -> engine.open("listening", "GET", "/events", ""));

            assertThat(command.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(stream.reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void anAnswerThatStopsInTheMiddleEndsAtItsDeadline() throws Exception {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
                    return hang();
                });
                Engine engine = engine(fake, SHORT)) {
            var late = catchThrowableOfType(DriverException.class, () -> engine.get("inspecting", "/info"));

            assertThat(late.reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void aStreamLivesLongerThanTheDeadlineOfACall() throws Exception {
        var go = new CountDownLatch(1);
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write(FakeEngine.stream());
                    go.await();
                    out.write(FakeEngine.chunk("late"));
                    return false;
                });
                Engine engine = engine(fake, SHORT);
                Exchange exchange = engine.open("listening", "GET", "/events", "")) {
            timers.schedule(SHORT.multipliedBy(3), go::countDown);

            assertThat(exchange.getBody().readNBytes(4))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("late");
        }
    }

    @Test
    void anInterruptedCallEndsAtOnce() throws Exception {
        var asked = new CountDownLatch(1);
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    asked.countDown();
                    return hang();
                });
                Engine engine = engine(fake, Duration.ofMinutes(5))) {
            var thrown = new AtomicReference<@Nullable Exception>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    engine.call("inspecting", docker -> docker.infoCmd().exec());
                } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            asked.await();

            caller.interrupt();
            caller.join();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aConnectionThatTheEngineClosedIsNotUsedAgain() throws Exception {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write(FakeEngine.ok("{}"));
                    return true;
                });
                Engine engine = engine(fake, Duration.ofSeconds(10))) {
            engine.get("asking", "/info");
            engine.get("asking", "/info");
            assertThat(fake.connections()).as("one connection for both").isEqualTo(1);

            fake.drop();

            assertThat(engine.get("asking", "/info").isObject()).isTrue();
        }
    }

    @Test
    void aRequestThatMeetsABrokenPipeIsSentAgain() throws Exception {
        var isDeaf = new CountDownLatch(1);
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write(FakeEngine.ok("{}"));
                    // Held here, the engine does not notice that nothing can come any more, and does not close.
                    isDeaf.await();
                    return true;
                });
                Engine engine = engine(fake, Duration.ofSeconds(10))) {
            engine.get("asking", "/info");
            fake.deafen();

            assertThat(engine.get("asking", "/info").isObject()).isTrue();
            assertThat(fake.requests()).hasSize(2);
            isDeaf.countDown();
        }
    }

    @Test
    void whatIsNoEngineIsUnavailable() throws Exception {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write("220 mail.example.org ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                    return false;
                });
                Engine engine = engine(fake, Duration.ofSeconds(10))) {
            var failure = catchThrowableOfType(DriverException.class, () -> engine.get("asking", "/info"));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("no Docker engine").hasMessageContaining("mail.example.org");
        }
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        var asked = new CountDownLatch(1);
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
            asked.countDown();
            return hang();
        })) {
            Engine engine = engine(fake, Duration.ofMinutes(5));
            Thread closer = Thread.ofVirtual().start(() -> {
                try {
                    asked.await();
                    engine.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            var failure = catchThrowableOfType(DriverException.class, () -> engine.get("asking", "/info"));

            closer.join();
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void listensAgainWhenTheEventsBreakOffAndSaysThatSomeAreLost() throws Exception {
        var opened = new AtomicInteger();
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write(FakeEngine.stream());
                    out.write(FakeEngine.chunk("{\"Action\":\"die\",\"Actor\":{\"ID\":\"c" + opened.incrementAndGet()
                            + "\",\"Attributes\":{\"" + Labels.POD_UID + "\":\"pod\"}}}"));
                    return opened.get() == 1 ? false : hang();
                });
                Engine engine = engine(fake, Duration.ofSeconds(10))) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            try (var events = new Events(engine, timers, "me", new Heard(heard))) {
                events.start();

                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("die c1 of pod");
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("lost");
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("die c2 of pod");
            }
        }
    }

    private record Heard(BlockingQueue<String> heard) implements Events.Listener {

        @Override
        public void happened(Events.Event event) {
            heard.add(event.action() + " " + event.container() + " of " + event.podUid());
        }

        @Override
        public void reachable(boolean isReachable) {
            assertThat(isReachable).isTrue();
        }

        @Override
        public void lost() {
            heard.add("lost");
        }
    }

    @Test
    void saysWhatWasTriedWhenNoEngineAnswers() throws IOException {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
            out.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return false;
        })) {
            var candidates = List.of(
                    Candidate.broken("DOCKER_HOST", "only unix:// is spoken"),
                    Candidate.at("a socket", EngineAddress.ofSocket(folder.resolve("none.sock"))),
                    Candidate.at("another", fake.address()));

            var none = catchThrowableOfType(
                    DriverException.class, () -> new EngineFinder(timers, SHORT).first(candidates));

            assertThat(none.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(none)
                    .hasMessageContaining("DOCKER_HOST: only unix:// is spoken")
                    .hasMessageContaining("none.sock: ")
                    .hasMessageContaining("another: " + fake.address() + ": it answers 503");
        }
    }

    @Test
    void agreesOnTheVersionOfTheFirstEngineThatAnswers() throws Exception {
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    out.write(FakeEngine.ok("OK"));
                    return true;
                });
                Engine engine = new EngineFinder(timers, SHORT)
                        .first(List.of(
                                Candidate.at("none", EngineAddress.ofSocket(folder.resolve("none.sock"))),
                                Candidate.at("a socket", fake.address())))) {
            assertThat(engine.version()).isEqualTo(new ApiVersion(1, 41));
            assertThat(fake.requests()).containsExactly("GET /_ping HTTP/1.1");
        }
    }

    @Test
    void aNetworkThatAKilledProcessAskedForAtLastIsTaken() throws Exception {
        String asked = "[{\"Name\":\"pods\",\"Id\":\"n1\",\"IPAM\":{\"Config\":"
                + "[{\"Subnet\":\"10.208.7.0/24\",\"Gateway\":\"10.208.7.1\"}]}}]";
        String refusal = "{\"message\":\"network with name pods already exists\"}";
        var isMade = new AtomicBoolean();
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    if (request.startsWith("POST")) {
                        isMade.set(true);
                        out.write(
                                ("HTTP/1.1 409 Conflict\r\nContent-Length: " + refusal.length() + "\r\n\r\n" + refusal)
                                        .getBytes(StandardCharsets.US_ASCII));
                        return false;
                    }
                    out.write(FakeEngine.ok(isMade.get() ? asked : "[]"));
                    return false;
                });
                Engine engine = engine(fake, Duration.ofSeconds(10))) {
            PodNetwork network = PodNetwork.create(engine, "pods", Map.of(), new SplittableRandom(1));

            assertThat(network.id()).isEqualTo("n1");
            assertThat(network.gateway()).isEqualTo("10.208.7.1");
            assertThat(network.services()).isEqualTo("10.208.7.254");
        }
    }

    @Test
    void whoPublishesAServiceWaitsForAGatewayThatFailsAtFirst() throws Exception {
        var tries = new AtomicInteger();
        var isStarted = new CountDownLatch(1);
        var isInForce = new AtomicBoolean();
        try (FakeEngine fake = FakeEngine.start(folder, (request, out) -> {
                    if (request.contains("/attach")) {
                        out.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                        isStarted.await();
                        isInForce.set(true);
                        // Its standard output: the second table is in force.
                        out.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 2});
                        return hang();
                    }
                    if (request.contains("/create") && tries.incrementAndGet() < 3) {
                        out.write("HTTP/1.1 500 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        return false;
                    }
                    if (request.contains("/start")) {
                        isStarted.countDown();
                    }
                    out.write(FakeEngine.ok(request.contains("/create") ? "{\"Id\":\"g\"}" : "[]"));
                    return false;
                });
                Engine engine = engine(fake, Duration.ofSeconds(10));
                Gateway gateway = gateway(engine)) {
            gateway.start();

            gateway.publish(new PublishedService("default", "web", List.of(), List.of()));

            assertThat(isInForce).as("is in force after %s tries", tries).isTrue();
        }
    }

    private Gateway gateway(Engine engine) throws IOException {
        JsonNode info = Json.read("{\"Architecture\":\"x86_64\",\"OSType\":\"linux\"}");
        Owner owner = Owner.ofThisProcess();
        var foundation = new Foundation(
                timers,
                engine,
                info,
                new Identity("me", "test", owner, "node", Optional.empty()),
                new Removal(engine),
                TerminationMessages.shared(false, owner, Optional.empty()),
                new PodNetwork("n1", "pods", "10.208.7.1", "10.208.7.254", false));
        return new Gateway(foundation, Program.of(info).orElseThrow(), "10.96.0.0/12");
    }
}
