package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes as they happen. */
@Timeout(60)
class WatchIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private BufferedReader watch(String query, String accept) throws InterruptedException {
        HttpResponse<InputStream> response = server.open(server.request("GET", CONFIG_MAPS + "?watch=true" + query, "")
                .header("Accept", accept)
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private String revision() throws InterruptedException {
        return (String) server.get(CONFIG_MAPS).at("metadata.resourceVersion");
    }

    private void create(String name) throws InterruptedException {
        server.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    @Test
    void headersComeBeforeTheFirstEvent() throws InterruptedException, IOException {
        try (BufferedReader events = watch("&resourceVersion=" + revision(), "application/json")) {
            create("late");

            assertThat(events.readLine())
                    .startsWith("{\"type\":\"ADDED\",\"object\":")
                    .contains("\"late\"");
        }
    }

    @Test
    void everyChangeIsSeenOnceAndInOrder() throws InterruptedException, IOException {
        try (BufferedReader events = watch("&resourceVersion=" + revision(), "application/json")) {
            create("c");
            server.patch(CONFIG_MAPS + "/c", "merge-patch+json", "{\"data\":{\"a\":\"1\"}}");
            server.delete(CONFIG_MAPS + "/c");

            assertThat(events.readLine()).startsWith("{\"type\":\"ADDED\"");
            assertThat(events.readLine()).startsWith("{\"type\":\"MODIFIED\"");
            assertThat(events.readLine()).startsWith("{\"type\":\"DELETED\"");
        }
    }

    @Test
    void initialEventsEndWithAMark() throws InterruptedException, IOException {
        create("old");
        String query = "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"
                + "&fieldSelector=metadata.name%3Dold";
        try (BufferedReader events = watch(query, "application/json")) {
            assertThat(events.readLine()).startsWith("{\"type\":\"ADDED\"").contains("\"old\"");
            assertThat(events.readLine())
                    .startsWith("{\"type\":\"BOOKMARK\"")
                    .contains("\"k8s.io/initial-events-end\":\"true\"");
        }
    }

    @Test
    void onlyTheFirstTableDescribesItsColumns() throws InterruptedException, IOException {
        String table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        try (BufferedReader events = watch("&resourceVersion=" + revision(), table)) {
            create("c1");
            create("c2");

            assertThat(events.readLine()).contains("\"kind\":\"Table\"", "\"name\":\"Data\"");
            assertThat(events.readLine()).contains("\"columnDefinitions\":null", "\"c2\"");
        }
    }

    @Test
    void aWatchEndsWhenItsTimeIsOver() throws InterruptedException, IOException {
        try (BufferedReader events = watch("&timeoutSeconds=1&resourceVersion=" + revision(), "application/json")) {
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void closingTheServerEndsItsWatches() throws InterruptedException, IOException {
        try (BufferedReader events = watch("&resourceVersion=" + revision(), "application/json")) {
            server.api().close();

            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void aWebSocketGetsAMessageAnEvent() throws Exception {
        var messages = new LinkedBlockingQueue<String>();
        WebSocket socket = server.socket(
                CONFIG_MAPS + "?watch=true&timeoutSeconds=20&resourceVersion=" + revision(),
                List.of(),
                new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        messages.add(data.toString());
                        from.request(1);
                        return null;
                    }
                });
        create("c");

        assertThat(messages.poll(20, TimeUnit.SECONDS)).startsWith("{\"type\":\"ADDED\"");
        socket.abort();
    }

    @Test
    void initialEventsNeedAWordOnTheirAge() throws InterruptedException {
        var refused = server.get(CONFIG_MAPS + "?watch=true&sendInitialEvents=true");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.at("reason")).isEqualTo("Invalid");
    }
}
