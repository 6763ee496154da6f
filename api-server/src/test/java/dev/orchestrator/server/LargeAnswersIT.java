package dev.orchestrator.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import dev.orchestrator.server.ServerUnderTest.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are larger than any buffer on their way. */
class LargeAnswersIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int SLOW_CLIENTS = 20;

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
        server.post(CONFIG_MAPS, configMap("large", "ha".repeat(400_000)));
        server.post(CONFIG_MAPS, configMap("small", "ha"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String configMap(String name, String text) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"text\":\"" + text + "\"}}";
    }

    @Test
    void aLargeObjectIsCompressedForAClientThatTakesIt() throws InterruptedException, IOException {
        HttpResponse<InputStream> compressed = open(CONFIG_MAPS + "/large", "deflate, gzip;q=1.0");

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(unzipped(compressed))
                .isEqualTo(server.get(CONFIG_MAPS + "/large").body());
    }

    @Test
    void aLargeListIsCompressedForAClientThatTakesIt() throws InterruptedException, IOException {
        Answer plain = server.get(CONFIG_MAPS);

        HttpResponse<InputStream> compressed = open(CONFIG_MAPS, "gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValueAsLong("Content-Length"))
                .hasValue(plain.body().length());
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(unzipped(compressed)).isEqualTo(plain.body());
    }

    @Test
    void aSmallAnswerIsNeverCompressed() throws InterruptedException, IOException {
        HttpResponse<InputStream> small = open(CONFIG_MAPS + "/small", "gzip");

        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
        try (InputStream body = small.body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(server.get(CONFIG_MAPS + "/small").body());
        }
    }

    @Test
    void aListOfNothingIsAWholeDocument() throws InterruptedException {
        Answer none = server.get("/api/v1/namespaces/default/secrets");

        assertThat(none.at("items")).isEqualTo(List.of());
        assertThat(none.body()).endsWith("\"items\":[]}\n");
    }

    @Test
    void clientsThatDoNotReadTheirAnswersHoldUpNobody() throws InterruptedException, IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                slow.add(asking(CONFIG_MAPS + "/large"));
                slow.add(asking(CONFIG_MAPS));
            }

            Answer quick = server.get(CONFIG_MAPS + "/small");
            Answer written = server.post(CONFIG_MAPS, configMap("another", "ho"));

            assertThat(quick.code()).isEqualTo(200);
            assertThat(written.code()).isEqualTo(201);
            for (Socket client : slow) {
                assertThat(client.getInputStream().readNBytes(400_000)).hasSize(400_000);
            }
        } finally {
            for (Socket client : slow) {
                client.close();
            }
        }
    }

    private Socket asking(String path) throws IOException {
        Socket client = server.connected(server.api());
        String token = ServerUnderTest.field(server.api().kubeconfig(), "token");
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private HttpResponse<InputStream> open(String path, String encodings) throws InterruptedException {
        return server.open(server.request("GET", path, "")
                .header("Accept-Encoding", encodings)
                .build());
    }

    private static String unzipped(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = new GZIPInputStream(response.body())) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
