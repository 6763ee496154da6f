package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with kubectl to stateful and daemon sets. */
@Timeout(180)
class SetsIT {

    private static final String SET = """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: app, image: "app:1"}]
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

    private void apply(String kind) throws IOException, InterruptedException {
        kubectl.run("apply", "-f", kubectl.file("set.yaml", SET.replace("%s", kind)))
                .ok();
    }

    private String rolledOut(String set) throws IOException, InterruptedException {
        return kubectl.run("rollout", "status", set, "--timeout=60s").ok();
    }

    private String image(String set) throws IOException, InterruptedException {
        return kubectl.run("get", set, "-o", "jsonpath={.spec.template.spec.containers[0].image}")
                .ok();
    }

    @Test
    void rollsStatefulSetsOutAndBack() throws IOException, InterruptedException {
        apply("StatefulSet");
        kubectl.run("scale", "sts", "web", "--replicas=3").ok();
        assertThat(rolledOut("sts/web")).endsWith("partitioned roll out complete: 3 new pods have been updated...\n");
        assertThat(kubectl.run("get", "sts").ok()).matches("NAME   READY   AGE\nweb    3/3     \\d+s\n");
        assertThat(kubectl.run("get", "pods", "-o", "name").ok()).isEqualTo("pod/web-0\npod/web-1\npod/web-2\n");

        kubectl.run("set", "image", "sts/web", "app=app:2").ok();
        rolledOut("sts/web");
        assertThat(kubectl.run("rollout", "history", "sts/web").ok()).contains("REVISION", "\n1 ", "\n2 ");
        assertThat(kubectl.run("rollout", "undo", "sts/web").ok()).isEqualTo("statefulset.apps/web rolled back\n");
        rolledOut("sts/web");

        assertThat(image("sts/web")).isEqualTo("app:1");
        assertThat(kubectl.run("get", "pods", "-o", "jsonpath={.items[*].spec.containers[0].image}")
                        .ok())
                .isEqualTo("app:1 app:1 app:1");
        assertThat(kubectl.run("rollout", "history", "sts/web").ok()).contains("\n2 ", "\n3 ");
        kubectl.run("rollout", "restart", "sts/web").ok();
        rolledOut("sts/web");
        assertThat(kubectl.run("describe", "sts", "web").ok())
                .contains("3 desired | 3 total", "create Pod web-0 in StatefulSet web successful");
        kubectl.run("delete", "sts", "web", "--cascade=foreground").ok();
        assertThat(kubectl.run("get", "pods", "-o", "name").ok()).isEmpty();
    }

    @Test
    void rollsDaemonSetsOutAndBack() throws IOException, InterruptedException {
        apply("DaemonSet");
        assertThat(rolledOut("ds/web")).endsWith("daemon set \"web\" successfully rolled out\n");
        assertThat(kubectl.run("get", "ds").ok()).matches("""
                        NAME   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE
                        web    1         1         1       1            1           <none>          \\d+s
                        """);

        kubectl.run("set", "image", "ds/web", "app=app:2").ok();
        rolledOut("ds/web");
        assertThat(kubectl.run("rollout", "history", "ds/web").ok()).contains("REVISION", "\n1 ", "\n2 ");
        assertThat(kubectl.run("rollout", "undo", "ds/web").ok()).isEqualTo("daemonset.apps/web rolled back\n");
        rolledOut("ds/web");

        assertThat(image("ds/web")).isEqualTo("app:1");
        assertThat(kubectl.run("rollout", "history", "ds/web", "--revision=3").ok())
                .contains("daemonset.apps/web with revision #3", "app:1");
        assertThat(kubectl.run("describe", "ds", "web").ok()).contains("Desired Number of Nodes Scheduled: 1");
        kubectl.run("delete", "ds", "web", "--cascade=foreground").ok();
        assertThat(kubectl.run("get", "pods", "-o", "name").ok()).isEmpty();
    }
}
