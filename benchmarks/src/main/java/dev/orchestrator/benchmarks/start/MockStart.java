package dev.orchestrator.benchmarks.start;

import java.util.HashMap;
import java.util.logging.LogManager;

import dev.orchestrator.benchmarks.report.Measured;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;

/** The same as {@link DeploymentStart} with Fabric8's mock server and client (the JDK one, its fastest). */
final class MockStart {

    private MockStart() {}

    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        LogManager.getLogManager().reset();
        var server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                new HashMap<ServerRequest, java.util.Queue<ServerResponse>>(),
                new KubernetesCrudDispatcher(),
                false);
        server.init();
        try (NamespacedKubernetesClient client = server.createClient(new JdkHttpClientFactory())) {
            var deployments = client.apps().deployments().inNamespace("default");
            deployments.resource(web()).create();
            String uid = deployments.withName("web").get().getMetadata().getUid();
            Measured.print(System.out, "millis", (System.nanoTime() - begin) / 1e6);
            if (uid.isEmpty()) {
                throw new IllegalStateException("a deployment without uid");
            }
        } finally {
            server.destroy();
        }
    }

    private static Deployment web() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("nginx")
                .withImage("nginx:1.29")
                .addNewPort()
                .withContainerPort(80)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
