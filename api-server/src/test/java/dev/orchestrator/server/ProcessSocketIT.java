package dev.orchestrator.server;

import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.memory.ContainerCommand;
import dev.orchestrator.memory.InMemoryDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What clients and the server say to each other over the WebSocket of a command, message by message. */
@Timeout(60)
class ProcessSocketIT {

    private static final String EXEC = "/api/v1/namespaces/default/pods/p/exec";
    private static final String ALL = EXEC + "?stdin=true&stdout=true&stderr=true";
    private static final String SUCCESS = "\3{\"metadata\":{},\"status\":\"Success\"}";

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start(new InMemoryDriver().image("shop/tools:1", container -> {
            container.command("forever", this::forever);
            return container.awaitStop();
        }));
        server.cluster().apply(pod("p").container("main", c -> c.image("shop/tools:1")));
        server.cluster().pods().named("p").awaitReady(ServerUnderTest.DEADLINE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int forever(ContainerCommand.Call call) throws InterruptedException {
        call.out().print("begun");
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    /** Keeps what comes, in words. */
    private static final class Messages implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            messages.add(new String(bytes, StandardCharsets.ISO_8859_1));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            messages.add(data.toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add("lost");
        }

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(30, TimeUnit.SECONDS));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void clientsOfVersionFiveEndTheInput() throws InterruptedException, ExecutionException {
        var messages = new Messages();
        WebSocket socket =
                server.socket(ALL + "&command=cat", List.of("v5.channel.k8s.io", "v4.channel.k8s.io"), messages);
        socket.sendBinary(bytes("\0hello"), true).join();

        assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
        assertThat(messages.next()).isEqualTo("\1");
        assertThat(messages.next()).isEqualTo("\1hello");
        socket.sendBinary(bytes("\u00ff\0"), true).join();
        assertThat(messages.next()).isEqualTo(SUCCESS);
        assertThat(messages.next()).isEqualTo("closed 1000");
    }

    @Test
    void anExitCodeIsTold() throws InterruptedException, ExecutionException {
        var messages = new Messages();
        server.socket(ALL + "&command=sh&command=-c&command=exit+7", List.of("v4.channel.k8s.io"), messages);

        assertThat(messages.next()).isEqualTo("\1");
        assertThat(messages.next())
                .isEqualTo(
                        "\3{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit"
                                + " code: exit status 7\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"message\":"
                                + "\"7\",\"reason\":\"ExitCode\"}]}}");
        assertThat(messages.next()).isEqualTo("closed 1000");
    }

    @Test
    void theFirstProtocolKnowsNoStatus() throws InterruptedException, ExecutionException {
        var messages = new Messages();
        server.socket(EXEC + "?stderr=true&command=sh&command=-c&command=exit+7", List.of("channel.k8s.io"), messages);

        assertThat(messages.next()).isEqualTo("\2");
        assertThat(messages.next()).isEqualTo("\3command terminated with non-zero exit code: exit status 7");
        assertThat(messages.next()).isEqualTo("closed 1000");
    }

    @Test
    void textCarriesBase64() throws InterruptedException, ExecutionException {
        var messages = new Messages();
        server.socket(EXEC + "?stdout=true&command=echo&command=hello", List.of("base64.channel.k8s.io"), messages);

        assertThat(messages.next()).isEqualTo("1");
        assertThat(messages.next()).isEqualTo("1aGVsbG8K");
        assertThat(messages.next()).isEqualTo("closed 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v5.channel.k8s.io", "base64.channel.k8s.io"})
    void aMalformedMessageEndsTheCommand(String protocol) throws InterruptedException, ExecutionException {
        var messages = new Messages();
        WebSocket socket = server.socket(ALL + "&tty=true&command=forever", List.of(protocol), messages);
        messages.next();
        messages.next();

        if (protocol.startsWith("base64")) {
            socket.sendText("0no base64 at all!", true).join();
        } else {
            socket.sendBinary(bytes("\4{\"Width\":"), true).join();
        }

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatGoesEndsItsCommand() throws InterruptedException, ExecutionException {
        var messages = new Messages();
        WebSocket socket = server.socket(ALL + "&command=forever", List.of("v5.channel.k8s.io"), messages);
        socket.sendBinary(bytes("\4{\"Width\":100,\"Height\":30}\n"), true).join();
        assertThat(messages.next()).isEqualTo("\1");
        assertThat(messages.next()).isEqualTo("\1begun");

        socket.abort();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesWhatCanNotBe() throws InterruptedException {
        assertThat(server.get(ALL + "&command=true").at("message")).isEqualTo("Upgrade request required");
        assertThat(server.delete(ALL).code()).isEqualTo(405);
        assertThat(server.get(ALL + "&container=nosuch").at("message"))
                .isEqualTo("container nosuch is not valid for pod p");
        for (String query : List.of("?command=true", "?stdout=true")) {
            assertThatThrownBy(() -> server.socket(EXEC + query, List.of("v5.channel.k8s.io"), new Messages()))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(400));
        }
        assertThatThrownBy(() -> server.socket(ALL + "&command=true", List.of("v9.example"), new Messages()))
                .cause()
                .isInstanceOf(IOException.class);
    }
}
