package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with kubectl to quotas and autoscalers. */
@Timeout(180)
class BoundsIT {

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

    @Test
    void makesReadsAndExhaustsAQuota() throws IOException, InterruptedException {
        kubectl.run("create", "quota", "few", "--hard=pods=1,secrets=2").ok();
        kubectl.run("run", "a", "--image=app:1").ok();

        assertThat(kubectl.run("run", "b", "--image=app:1").err())
                .isEqualTo("Error from server (Forbidden): pods \"b\" is forbidden: exceeded quota: few, requested:"
                        + " pods=1, used: pods=1, limited: pods=1\n");

        kubectl.run("wait", "--for=jsonpath={.status.used.pods}=1", "quota/few", "--timeout=60s")
                .ok();
        assertThat(kubectl.run("get", "quota").ok()).contains("few ", "pods: 1/1, secrets: 0/2");
        assertThat(kubectl.run("describe", "quota", "few").ok())
                .containsPattern("pods +1 +1\n")
                .containsPattern("secrets +0 +2\n");
    }

    @Test
    void makesAndReadsAnAutoscaler() throws IOException, InterruptedException {
        kubectl.run("create", "deployment", "web", "--image=app:1").ok();

        assertThat(kubectl.run("autoscale", "deployment", "web", "--min=2", "--max=5", "--cpu-percent=60")
                        .ok())
                .isEqualTo("horizontalpodautoscaler.autoscaling/web autoscaled\n");

        assertThat(kubectl.run("get", "hpa").ok())
                .containsPattern("web +Deployment/web +cpu: <unknown>/60% +2 +5 +\\d+ +\\d+s\n");
        assertThat(kubectl.run("get", "hpa.v2.autoscaling", "web", "-o", "jsonpath={.spec.metrics[0].resource}")
                        .ok())
                .isEqualTo("{\"name\":\"cpu\",\"target\":{\"averageUtilization\":60,\"type\":\"Utilization\"}}");
        assertThat(kubectl.run("get", "--raw", "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/web")
                        .ok())
                .contains("\"targetCPUUtilizationPercentage\":60", "\"apiVersion\":\"autoscaling/v1\"");
        kubectl.run("delete", "hpa", "web").ok();
        assertThat(kubectl.run("get", "--raw", "/apis/autoscaling/v1/horizontalpodautoscalers")
                        .ok())
                .contains("\"items\":[]");
    }

    @Test
    void showsWhatPodsAndNodesUse() throws IOException, InterruptedException {
        kubectl.run("run", "a", "--image=app:1").ok();
        kubectl.run("wait", "--for=condition=Ready", "pod/a", "--timeout=60s").ok();

        assertThat(kubectl.run("top", "pods").ok()).containsPattern("NAME +CPU.* +MEMORY.*\na +0m +1Mi");
        assertThat(kubectl.run("top", "pod", "a", "--containers").ok()).containsPattern("a +a +0m +1Mi");
        assertThat(kubectl.run("top", "nodes").ok()).containsPattern("NAME +CPU.*\n.* +0m +0% +1Mi +0%");
        assertThat(kubectl.run("top", "pod", "b").err()).contains("not found");
    }
}
