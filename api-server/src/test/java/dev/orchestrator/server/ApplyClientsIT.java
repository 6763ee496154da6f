package dev.orchestrator.server;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Server-side apply by the Java clients of Kubernetes. */
@Timeout(120)
class ApplyClientsIT {

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ConfigMap map(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("c")
                .endMetadata()
                .withData(data)
                .build();
    }

    @Test
    void fabric8Applies() {
        Config config = Config.fromKubeconfig(server.api().kubeconfig());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            var maps = client.configMaps().inNamespace("default");
            maps.resource(map(Map.of("a", "1", "b", "1"))).fieldManager("ci").serverSideApply();
            ConfigMap applied =
                    maps.resource(map(Map.of("a", "2"))).fieldManager("ci").serverSideApply();

            var refused = catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> maps.resource(map(Map.of("a", "3"))).serverSideApply());
            ConfigMap forced =
                    maps.resource(map(Map.of("a", "3"))).forceConflicts().serverSideApply();

            assertThat(applied.getData()).isEqualTo(Map.of("a", "2"));
            assertThat(refused.getStatus().getMessage())
                    .isEqualTo("Apply failed with 1 conflict: conflict with \"ci\": .data.a");
            assertThat(forced.getMetadata().getManagedFields())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getManager()).isEqualTo("fabric8"));
        }
    }

    @Test
    void theOfficialClientApplies() throws IOException, ApiException, InterruptedException {
        ApiClient client = ClientBuilder.kubeconfig(
                        KubeConfig.loadKubeConfig(new StringReader(server.api().kubeconfig())))
                .build();
        var api = new CoreV1Api(client);
        var config = new V1Patch("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},"
                + "\"data\":{\"a\":\"1\"}}");

        V1ConfigMap applied = PatchUtils.patch(
                V1ConfigMap.class,
                () -> api.patchNamespacedConfigMap("c", "default", config)
                        .fieldManager("ci")
                        .force(true)
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_APPLY_YAML,
                client);

        assertThat(applied.getData()).isEqualTo(Map.of("a", "1"));
        assertThat(server.get("/api/v1/namespaces/default/configmaps/c").at("metadata.managedFields.0.manager"))
                .isEqualTo("ci");
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
    }
}
