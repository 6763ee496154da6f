package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with {@code kubectl apply --server-side}. */
@Timeout(180)
class KubectlApplyIT {

    private static final String MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data: {%s}
            """;

    @TempDir
    Path home;

    private ServerUnderTest server;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        server = ServerUnderTest.start();
        kubectl = Kubectl.on(server.api(), home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String map(String data) throws IOException {
        return kubectl.file("c.yaml", MAP.replace("%s", data));
    }

    private String data() throws IOException, InterruptedException {
        return kubectl.run("get", "configmap", "c", "-o", "jsonpath={.data}").ok();
    }

    @Test
    void appliesAgainAndPrunesWhatIsLeftOut() throws IOException, InterruptedException {
        String first = kubectl.run("apply", "--server-side", "-f", map("a: '1', b: '1'"))
                .ok();
        Kubectl.Result diff = kubectl.run("diff", "--server-side", "-f", map("a: '2'"));
        kubectl.run("apply", "--server-side", "-f", map("a: '2'")).ok();

        assertThat(first).isEqualTo("configmap/c serverside-applied\n");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("-  a: \"1\"", "-  b: \"1\"", "+  a: \"2\"");
        assertThat(data()).isEqualTo("{\"a\":\"2\"}");
    }

    @Test
    void saysWhoOwnsAFieldAndTakesItByForce() throws IOException, InterruptedException {
        kubectl.run("apply", "--server-side", "--field-manager=other", "-f", map("a: '1'"))
                .ok();

        Kubectl.Result conflict = kubectl.run("apply", "--server-side", "-f", map("a: '2'"));
        kubectl.run("apply", "--server-side", "--force-conflicts", "-f", map("a: '2'"))
                .ok();
        String owners = kubectl.run("get", "configmap", "c", "-o", "yaml", "--show-managed-fields")
                .ok();

        assertThat(conflict.code()).isEqualTo(1);
        assertThat(conflict.err())
                .startsWith("error: Apply failed with 1 conflict: conflict with \"other\": .data.a\n");
        assertThat(data()).isEqualTo("{\"a\":\"2\"}");
        assertThat(owners).contains("""
                  managedFields:
                  - apiVersion: v1
                    fieldsType: FieldsV1
                    fieldsV1:
                      f:data:
                        f:a: {}
                    manager: kubectl
                    operation: Apply
                """);
        assertThat(kubectl.run("get", "configmap", "c", "-o", "yaml").ok()).doesNotContain("managedFields");
    }

    @Test
    void takesOverWhatWasAppliedByTheClient() throws IOException, InterruptedException {
        kubectl.run("apply", "-f", map("a: '1', b: '1'")).ok();
        kubectl.run("apply", "--server-side", "-f", map("a: '2', b: '1'")).ok();
        kubectl.run("apply", "--server-side", "-f", map("a: '2'")).ok();
        String again = kubectl.run("apply", "-f", map("a: '3'")).ok();

        String managers = kubectl.run("get", "configmap", "c", "-o", "jsonpath={.metadata.managedFields[*].manager}")
                .ok();

        assertThat(managers).contains("kubectl").startsWith("kubectl");
        assertThat(again).isEqualTo("configmap/c configured\n");
        assertThat(data()).isEqualTo("{\"a\":\"3\"}");
    }

    @Test
    void aScaledDeploymentIsAConflict() throws IOException, InterruptedException {
        kubectl.run("create", "deployment", "web", "--image=nginx:1").ok();
        kubectl.run("scale", "deployment/web", "--replicas=2").ok();
        String file = kubectl.file("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 5
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: nginx, image: "nginx:1"}]}
                """);

        Kubectl.Result conflict = kubectl.run("apply", "--server-side", "-f", file);

        assertThat(conflict.err())
                .startsWith("error: Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\""
                        + " using apps/v1: .spec.replicas\n");
    }
}
