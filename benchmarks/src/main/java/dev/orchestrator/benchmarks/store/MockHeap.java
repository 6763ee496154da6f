package dev.orchestrator.benchmarks.store;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.benchmarks.report.Measured;
import dev.orchestrator.memory.InMemoryDriver;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** The heap that the same pods take in the store of Fabric8's mock server. Argument: how many pods. */
final class MockHeap {

    private static final String PATH = "/api/v1/namespaces/default/pods";

    private MockHeap() {}

    public static void main(String[] arguments) throws InterruptedException {
        LogManager.getLogManager().reset();
        int count = Integer.parseInt(arguments[0]);
        String json;
        try (var cluster = Orchestrator.start(new InMemoryDriver())) {
            json = Manifests.toJson(ReferencePods.in(cluster).replica(0)).replaceAll("\\n\\s*", "");
        }
        var dispatcher = new KubernetesCrudDispatcher();
        try {
            fill(dispatcher, json, count);
            Measured.print(System.out, "mock." + count, HeapOfPods.used());
            Measured.print(System.out, "json", json.length());
        } finally {
            Reference.reachabilityFence(dispatcher);
        }
    }

    private static void fill(KubernetesCrudDispatcher dispatcher, String json, int count) {
        Headers headers =
                Headers.builder().add("Content-Type", "application/json").build();
        for (int number = 0; number < count; number++) {
            byte[] body = json.replace(ReferencePods.name(0) + "\"", ReferencePods.name(number) + "\"")
                    .getBytes(StandardCharsets.UTF_8);
            int code = dispatcher
                    .handleCreate(new RecordedRequest("HTTP/1.1", HttpMethod.POST, PATH, headers, new Buffer(body)))
                    .code();
            if (code >= 300) {
                throw new IllegalStateException("the mock answers " + code);
            }
        }
    }
}
