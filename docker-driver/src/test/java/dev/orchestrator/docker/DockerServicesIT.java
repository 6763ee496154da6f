package dev.orchestrator.docker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.draft.PodDraft;
import dev.orchestrator.api.draft.ServiceDraft;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointPortBuilder;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.endpointSlice;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.namespace;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Services as programs in real containers see them: by name, by address, and as they change. */
@Tag("docker")
@Timeout(240)
class DockerServicesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static TestEngine engine;
    private static Orchestrator shared;

    @BeforeAll
    static void start() throws Exception {
        engine = TestEngine.require();
        // Many pods end at once: an engine that is busy takes its time.
        shared = Orchestrator.builder(new DockerDriver())
                .closeTimeout(PATIENCE.multipliedBy(2))
                .start();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        if (shared != null) {
            shared.close();
            engine.assertNothingIsLeft();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private static Cluster namespaced(String name) {
        shared.apply(namespace(name));
        return shared.inNamespace(name);
    }

    /**
     * A pod that says its text on port 8080, is ready while it serves the file {@code ready}, and is the client in
     * which commands run if its name is {@code web-1}.
     */
    private static PodDraft server(String name, String text) {
        String script = "trap 'exit 0' TERM; mkdir -p /tmp/www; echo " + text
                + " > /tmp/www/index.html; touch /tmp/www/ready; httpd -f -p 8080 -h /tmp/www & wait";
        return pod(name)
                .label("app", "web")
                .container(
                        "web",
                        c -> c.image(TestEngine.BUSYBOX)
                                .command("sh", "-c", script)
                                .port(8080)
                                .readinessProbe(httpGet("/ready")
                                        .port(8080)
                                        .every(Duration.ofMillis(200))
                                        .timeout(PATIENCE)));
    }

    private static ServiceDraft web() {
        return service("web").selector("app", "web").port("http", 80, 8080);
    }

    private static void ready(Cluster cluster, String... pods) throws InterruptedException {
        for (String name : pods) {
            cluster.pods().named(name).awaitReady(PATIENCE);
        }
    }

    private static CommandOutput run(Cluster cluster, String... command) throws InterruptedException {
        return cluster.pods().named("web-1").execIn("web", List.of(command), PATIENCE);
    }

    private static String get(Cluster cluster, String host) throws InterruptedException {
        CommandOutput output = run(cluster, "wget", "-qO-", "http://" + host + "/");
        return output.exitCode() == 0
                ? output.stdout().strip()
                : "failed: " + output.stderr().strip();
    }

    private static String lookUp(Cluster cluster, String... question) throws InterruptedException {
        var command = new ArrayList<>(List.of("nslookup"));
        command.addAll(List.of(question));
        return run(cluster, command.toArray(String[]::new)).stdout();
    }

    private interface Question {
        String ask() throws InterruptedException;
    }

    /** Asks until the answer is right; what was said last is in the failure. */
    private static void awaitAnswer(Question question, Predicate<String> isRight) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = question.ask();
        while (!isRight.test(answer)) {
            assertThat(System.nanoTime()).as("still answers: %s", answer).isLessThan(deadline);
            answer = question.ask();
        }
    }

    private static void awaitGet(Cluster cluster, String host, String text) throws InterruptedException {
        awaitAnswer(() -> get(cluster, host), text::equals);
    }

    private static String clusterIp(Cluster cluster, String name) {
        return requireNonNull(cluster.services().named(name).get().spec().clusterIP());
    }

    private static String podIp(Cluster cluster, String name) {
        return requireNonNull(cluster.pods().named(name).get().status().podIP());
    }

    /** {@return the address of whoever answers DNS in the network of a pod} */
    private static String resolver(String podIp) {
        return podIp.substring(0, podIp.lastIndexOf('.')) + ".254";
    }

    @Test
    void aServiceIsReachedByEveryFormOfItsNameAndByItsAddress() throws Exception {
        Cluster cluster = namespaced("names");
        cluster.apply(server("web-1", "hello"));
        ready(cluster, "web-1");
        cluster.apply(web());
        String ip = clusterIp(cluster, "web");
        awaitGet(cluster, ip, "hello");

        for (String host : List.of("web", "web.names", "web.names.svc", "web.names.svc.cluster.local", "WEB.Names")) {
            assertThat(get(cluster, host)).as(host).isEqualTo("hello");
        }

        assertThat(lookUp(cluster, "web.names.svc.cluster.local")).contains("Address: " + ip);
        assertThat(lookUp(cluster, ip)).contains("web.names.svc.cluster.local");
        assertThat(lookUp(cluster, "-type=srv", "_http._tcp.web.names.svc.cluster.local"))
                .contains("80 web.names.svc.cluster.local");
        assertThat(get(cluster, ip + ":81")).contains("Connection refused");
    }

    @Test
    void whatAWaitCallsReadyIsReachedFromInsideAtOnce() throws Exception {
        Cluster cluster = namespaced("at-once");
        cluster.apply(server("web-1", "hello"), web());
        ready(cluster, "web-1");
        // Nobody waits longer than a few seconds for the gateway itself, which may take that long on a busy machine.
        awaitGet(cluster, "web", "hello");

        for (int i = 0; i < 5; i++) {
            String name = "next-" + i;
            cluster.apply(
                    server(name, name).label("own", name),
                    service(name).selector("own", name).port("http", 80, 8080));
            ready(cluster, name);
            assertThat(get(cluster, name)).isEqualTo(name);
        }
    }

    @Test
    void readinessAndDeletionChangeWhoAnswers() throws Exception {
        Cluster cluster = namespaced("readiness");
        cluster.apply(server("web-1", "one"), server("web-2", "two"), web());
        ready(cluster, "web-1", "web-2");
        Set<String> seen = new TreeSet<>();
        awaitAnswer(
                () -> {
                    seen.add(get(cluster, "web"));
                    return seen.toString();
                },
                all -> all.contains("one") && all.contains("two"));

        cluster.pods().named("web-1").exec("rm", "/tmp/www/ready");
        cluster.pods().named("web-1").await("not ready", now -> !now.isReady(), PATIENCE);
        awaitAnswer(
                () -> get(cluster, "web") + get(cluster, "web") + get(cluster, "web") + get(cluster, "web"),
                "twotwotwotwo"::equals);

        cluster.pods().named("web-2").exec("rm", "/tmp/www/ready");
        awaitAnswer(() -> get(cluster, "web"), answer -> answer.contains("Connection refused"));

        cluster.pods().named("web-1").exec("touch", "/tmp/www/ready");
        awaitGet(cluster, "web", "one");

        String ip = clusterIp(cluster, "web");
        cluster.services().named("web").delete();
        awaitAnswer(() -> get(cluster, ip), answer -> answer.contains("Connection refused"));
        awaitAnswer(() -> get(cluster, "web"), answer -> answer.contains("bad address"));
    }

    @Test
    void headlessServicesAndTheirPodsHaveTheAddressesOfPods() throws Exception {
        Cluster cluster = namespaced("headless");
        cluster.apply(
                server("web-1", "zero").podSpec(spec -> spec.hostname("db-0").subdomain("db")),
                server("web-2", "one").podSpec(spec -> spec.hostname("db-1").subdomain("db")),
                service("db").headless().selector("app", "web").port("http", 8080, 8080));
        ready(cluster, "web-1", "web-2");
        String zero = podIp(cluster, "web-1");
        String one = podIp(cluster, "web-2");

        awaitAnswer(
                () -> lookUp(cluster, "db.headless.svc.cluster.local"),
                all -> all.contains("Address: " + zero) && all.contains("Address: " + one));

        assertThat(get(cluster, "db-0.db:8080")).isEqualTo("zero");
        assertThat(get(cluster, "db-1.db.headless.svc.cluster.local:8080")).isEqualTo("one");
        assertThat(get(cluster, zero.replace('.', '-') + ".headless.pod.cluster.local:8080"))
                .isEqualTo("zero");
        // Of an address in its own network the engine's resolver says what it calls the container itself.
        assertThat(lookUp(cluster, one, resolver(one))).contains("db-1.db.headless.svc.cluster.local");
    }

    @Test
    void theSameNameInTwoNamespacesIsTwoServices() throws Exception {
        Cluster blue = namespaced("blue");
        Cluster green = namespaced("green");
        for (Cluster cluster : List.of(blue, green)) {
            cluster.apply(server("web-1", cluster.namespace()), web());
        }
        ready(blue, "web-1");
        ready(green, "web-1");

        awaitGet(blue, "web", "blue");
        awaitGet(green, "web", "green");

        assertThat(get(blue, "web.green")).isEqualTo("green");
        assertThat(get(green, "web.blue.svc")).isEqualTo("blue");
    }

    @Test
    void orchestratorsDoNotSeeEachOther() throws Exception {
        Cluster first = namespaced("alone");
        try (var second = Orchestrator.start(new DockerDriver())) {
            first.apply(server("web-1", "first"), web());
            String ip = clusterIp(first, "web");
            second.apply(
                    server("web-1", "second"),
                    service("api").selector("app", "web").port(80, 8080).spec(spec -> spec.clusterIP(ip)));
            ready(first, "web-1");
            ready(second, "web-1");

            awaitGet(first, ip, "first");
            awaitGet(second, ip, "second");

            assertThat(get(first, "api")).contains("bad address");
            assertThat(get(second, "web.alone")).contains("bad address");
            assertThat(run(second, "nc", "-w", "1", podIp(first, "web-1"), "8080")
                            .exitCode())
                    .isNotZero();
        }
    }

    @Test
    void otherNamesAreAskedOfTheEngine() throws Exception {
        Cluster cluster = namespaced("others");
        cluster.apply(
                server("web-1", "hello"),
                web(),
                service("alias").externalName("web.others.svc.cluster.local"),
                service("outside").externalName("neighbour.example"));
        ready(cluster, "web-1");
        String neighbour = startNeighbour("neighbour.example");
        try {
            awaitGet(cluster, "alias", "hello");
            awaitGet(cluster, "neighbour.example:8080", "next door");
            awaitGet(cluster, "outside:8080", "next door");
        } finally {
            engine.call(docker ->
                    docker.removeContainerCmd(neighbour).withForce(true).exec());
        }
    }

    /** Starts a container that is none of ours in the network of our pods; the engine knows it by a name. */
    private static String startNeighbour(String name) throws InterruptedException {
        String network = engine.networks().stream()
                .filter(candidate -> Owner.ofThisProcess()
                        .text()
                        .equals(candidate.getLabels().get(Labels.OWNER)))
                .findFirst()
                .orElseThrow()
                .getName();
        return engine.call(docker -> {
            String id = docker.createContainerCmd(TestEngine.BUSYBOX)
                    .withHostConfig(HostConfig.newHostConfig().withNetworkMode(network))
                    .withAliases(name)
                    .withCmd(
                            "sh",
                            "-c",
                            "mkdir /tmp/www; echo next door > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www")
                    .exec()
                    .getId();
            docker.startContainerCmd(id).exec();
            return id;
        });
    }

    @Test
    void datagramsReachServicesToo() throws Exception {
        Cluster cluster = namespaced("datagrams");
        cluster.apply(server("web-1", "hello"));
        ready(cluster, "web-1");
        // Whoever answers DNS in the network of the pods is a UDP server, too.
        String dns = resolver(podIp(cluster, "web-1"));
        cluster.apply(
                service("dns")
                        .port(ServicePortBuilder.builder()
                                .port(53)
                                .protocol("UDP")
                                .build()),
                endpointSlice("dns-1")
                        .label("kubernetes.io/service-name", "dns")
                        .change(slice -> EndpointSliceBuilder.builder(slice)
                                .addressType("IPv4")
                                .ports(List.of(EndpointPortBuilder.builder()
                                        .port(53)
                                        .protocol("UDP")
                                        .build()))
                                .endpoints(List.of(EndpointBuilder.builder()
                                        .addresses(List.of(dns))
                                        .build()))
                                .build()));
        String ip = clusterIp(cluster, "dns");

        awaitAnswer(
                () -> lookUp(cluster, "dns.datagrams.svc.cluster.local", ip),
                answer -> answer.contains("Server:\t\t" + ip) && answer.contains("Address: " + ip));
    }

    @Test
    void aClientKeepsItsPodWhereTheServiceWantsThat() throws Exception {
        Cluster cluster = namespaced("affinity");
        cluster.apply(
                server("web-1", "one"),
                server("web-2", "two"),
                web().spec(spec -> spec.sessionAffinity("ClientIP")),
                service("any").selector("app", "web").port("http", 80, 8080));
        ready(cluster, "web-1", "web-2");
        for (String text : List.of("one", "two")) {
            awaitGet(cluster, "any", text);
        }

        String kept = get(cluster, "web");
        for (int i = 0; i < 20; i++) {
            assertThat(get(cluster, "web")).isEqualTo(kept);
        }

        // Without its pod it is given another, and keeps that when the first comes back.
        String lost = kept.equals("one") ? "web-1" : "web-2";
        String other = kept.equals("one") ? "two" : "one";
        cluster.pods().named(lost).exec("rm", "/tmp/www/ready");
        awaitGet(cluster, "web", other);
        cluster.pods().named(lost).exec("touch", "/tmp/www/ready");
        awaitGet(cluster, "any", kept);
        for (int i = 0; i < 20; i++) {
            assertThat(get(cluster, "web")).isEqualTo(other);
        }
    }

    @Test
    void whatIsTooLongForADatagramIsAnsweredOverTcp() throws Exception {
        Cluster cluster = namespaced("many");
        cluster.apply(server("web-1", "hello"));
        ready(cluster, "web-1");
        List<String> addresses =
                IntStream.rangeClosed(1, 40).mapToObj(i -> "192.0.2." + i).toList();
        cluster.apply(
                service("crowd").headless().port(80, 80),
                endpointSlice("crowd-1")
                        .label("kubernetes.io/service-name", "crowd")
                        .change(slice -> EndpointSliceBuilder.builder(slice)
                                .addressType("IPv4")
                                .ports(List.of(
                                        EndpointPortBuilder.builder().port(80).build()))
                                .endpoints(addresses.stream()
                                        .map(address -> EndpointBuilder.builder()
                                                .addresses(List.of(address))
                                                .build())
                                        .toList())
                                .build()));
        String crowd = "crowd.many.svc.cluster.local";
        awaitAnswer(() -> lookUp(cluster, crowd), answer -> answer.contains("Address: 192.0.2."));

        assertThat(lookUp(cluster, crowd).lines().filter(line -> line.startsWith("Address: 192.0.2.")))
                .hasSizeBetween(20, 39);
        assertThat(overTcp(cluster, crowd)).containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(overTcp(cluster, "crowd.nowhere.svc.cluster.local")).isEmpty();
    }

    /** {@return the addresses of a name, asked for by TCP of whoever answers DNS} */
    private static List<String> overTcp(Cluster cluster, String name) throws InterruptedException {
        var question = new StringBuilder("\\022\\064\\001\\000\\000\\001\\000\\000\\000\\000\\000\\000");
        int length = 12;
        for (String label : name.split("\\.", -1)) {
            question.append(octal(label.length())).append(label);
            length += 1 + label.length();
        }
        question.append("\\000\\000\\001\\000\\001");
        String asked = octal(0) + octal(length + 5) + question;
        String said = run(
                        cluster,
                        "sh",
                        "-c",
                        "printf '" + asked + "' | nc -w 2 " + resolver(podIp(cluster, "web-1"))
                                + " 53 | od -An -v -tx1")
                .stdout();
        byte[] answer = HexFormat.of().parseHex(said.replaceAll("\\s", ""));
        assertThat(answer).hasSizeGreaterThan(14);
        ByteBuffer message = ByteBuffer.wrap(answer, 2, answer.length - 2).slice();
        assertThat(message.limit())
                .as("its length")
                .isEqualTo(ByteBuffer.wrap(answer).getShort());
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < message.getShort(6); i++) {
            int at = length + 5 + 16 * i;
            addresses.add(IntStream.range(12, 16)
                    .mapToObj(byteOf -> Integer.toString(message.get(at + byteOf) & 0xff))
                    .collect(Collectors.joining(".")));
        }
        return addresses;
    }

    /** {@return a byte as the shell's printf reads it} */
    private static String octal(int value) {
        return "\\" + (value >> 6) + (value >> 3 & 7) + (value & 7);
    }

    @Test
    void aGatewayThatIsTouchedByHandIsReplaced() throws Exception {
        Cluster cluster = namespaced("healing");
        cluster.apply(server("web-1", "hello"), web());
        ready(cluster, "web-1");
        for (String how : List.of("killed", "removed", "paused")) {
            awaitGet(cluster, "web", "hello");
            String before = gateway();

            engine.call(docker -> switch (how) {
                case "killed" -> docker.killContainerCmd(before).exec();
                case "removed" ->
                    docker.removeContainerCmd(before).withForce(true).exec();
                default -> docker.pauseContainerCmd(before).exec();
            });

            awaitAnswer(DockerServicesIT::gateway, now -> !now.isEmpty() && !now.equals(before));
        }
        awaitGet(cluster, "web", "hello");
    }

    private static String gateway() throws InterruptedException {
        return engine.containers().stream()
                .filter(container -> Labels.GATEWAY.equals(container.getLabels().get(Labels.KIND)))
                .filter(container -> Owner.ofThisProcess()
                        .text()
                        .equals(container.getLabels().get(Labels.OWNER)))
                .map(Container::getId)
                .findFirst()
                .orElse("");
    }
}
