package dev.orchestrator.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.logging.LogManager;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.benchmarks.report.Wrk;
import dev.orchestrator.benchmarks.store.ReferencePods;
import dev.orchestrator.memory.InMemoryDriver;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** Fabric8's mock server with the same pods. Arguments: pods, seconds of the load. */
final class MockServed {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    private MockServed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        LogManager.getLogManager().reset();
        String json;
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            json = Manifests.toJson(ReferencePods.in(cluster).replica(0)).replaceAll("\\n\\s*", "");
        }
        var dispatcher = new KubernetesCrudDispatcher();
        Headers headers =
                Headers.builder().add("Content-Type", "application/json").build();
        for (int number = 0; number < Integer.parseInt(arguments[0]); number++) {
            byte[] body = json.replace(ReferencePods.name(0) + "\"", ReferencePods.name(number) + "\"")
                    .getBytes(StandardCharsets.UTF_8);
            dispatcher.handleCreate(new RecordedRequest("HTTP/1.1", HttpMethod.POST, PODS, headers, new Buffer(body)));
        }
        var server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                new HashMap<ServerRequest, Queue<ServerResponse>>(),
                dispatcher,
                false);
        server.init();
        try {
            String url = "http://127.0.0.1:" + server.getPort() + PODS + "/" + ReferencePods.name(0);
            Wrk answered = Wrk.run(16, Integer.parseInt(arguments[1]), url, List.of());
            Measured.print(System.out, "gets", answered.perSecond());
        } finally {
            server.destroy();
        }
    }
}
