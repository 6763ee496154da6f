package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with kubectl. */
@Timeout(180)
class KubectlIT {

    private static final String GUESTBOOK = """
            apiVersion: v1
            kind: Service
            metadata: {name: guestbook}
            spec:
              selector: {app: guestbook}
              ports: [{port: 80}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: guestbook, labels: {app: guestbook}}
            spec:
              replicas: %d
              selector: {matchLabels: {app: guestbook}}
              template:
                metadata: {labels: {app: guestbook}}
                spec:
                  containers: [{name: web, image: "shop/guestbook:1"}]
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

    @Test
    void appliesManifestsAgainAndAgain() throws IOException, InterruptedException {
        String file = kubectl.file("guestbook.yaml", GUESTBOOK.replace("%d", "1"));
        String first = kubectl.run("apply", "-f", file).ok();
        String again = kubectl.run("apply", "-f", file).ok();
        kubectl.file("guestbook.yaml", GUESTBOOK.replace("%d", "2"));
        Kubectl.Result diff = kubectl.run("diff", "-f", file);
        String changed = kubectl.run("apply", "-f", file).ok();
        String rollout =
                kubectl.run("rollout", "status", "deployment/guestbook").ok();
        String deleted = kubectl.run("delete", "-f", file).ok();

        assertThat(first).isEqualTo("service/guestbook created\ndeployment.apps/guestbook created\n");
        assertThat(again).isEqualTo("service/guestbook unchanged\ndeployment.apps/guestbook unchanged\n");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("-  replicas: 1", "+  replicas: 2");
        assertThat(changed).isEqualTo("service/guestbook unchanged\ndeployment.apps/guestbook configured\n");
        assertThat(rollout).endsWith("deployment \"guestbook\" successfully rolled out\n");
        assertThat(deleted).isEqualTo("service \"guestbook\" deleted\ndeployment.apps \"guestbook\" deleted\n");
    }

    @Test
    void refusesAManifestWithAnUnknownField() throws IOException, InterruptedException {
        String file = kubectl.file("typo.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndta: {a: b}\n");

        Kubectl.Result refused = kubectl.run("create", "-f", file);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("Error from server (BadRequest): error when creating \"typo.yaml\": ConfigMap in version"
                        + " \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"dta\"\n");
    }

    @Test
    void createsWithEveryGenerator() throws IOException, InterruptedException {
        String[][] commands = {
            {"configmap", "c", "--from-literal=a=b"},
            {"secret", "generic", "s", "--from-literal=a=b"},
            {"deployment", "d", "--image=nginx"},
            {"job", "j", "--image=busybox"},
            {"cronjob", "cj", "--image=busybox", "--schedule=* * * * *"},
            {"service", "clusterip", "svc", "--tcp=80:80"},
            {"ingress", "i", "--rule=h/p=svc:80"},
            {"namespace", "n"},
            {"quota", "q", "--hard=pods=10"},
            {"role", "r", "--verb=get", "--resource=pods"},
            {"rolebinding", "rb", "--role=r", "--user=u"},
            {"clusterrole", "cr", "--verb=get", "--resource=pods"},
            {"clusterrolebinding", "crb", "--clusterrole=cr", "--user=u"},
            {"pdb", "p", "--selector=a=b", "--min-available=1"},
            {"priorityclass", "pc", "--value=5"},
            {"serviceaccount", "sa"},
        };
        for (String[] command : commands) {
            String[] all = new String[command.length + 1];
            all[0] = "create";
            System.arraycopy(command, 0, all, 1, command.length);

            assertThat(kubectl.run(all).ok()).endsWith(" created\n");
        }

        assertThat(kubectl.run("get", "secret", "s", "-o", "jsonpath={.data.a} {.type}")
                        .ok())
                .isEqualTo("Yg== Opaque");
        assertThat(kubectl.run("get", "pdb", "p", "-o", "jsonpath={.spec.minAvailable}")
                        .ok())
                .isEqualTo("1");
    }

    @Test
    void printsTables() throws IOException, InterruptedException {
        kubectl.run("create", "deployment", "web", "--image=nginx", "--replicas=2")
                .ok();
        kubectl.run("rollout", "status", "deployment/web").ok();

        assertThat(kubectl.run("get", "deployments").ok())
                .matches("NAME {3}READY {3}UP-TO-DATE {3}AVAILABLE {3}AGE\nweb {4}2/2 {5}2 {12}2 {11}\\d+s\n");
        assertThat(kubectl.run("get", "pods", "-A", "-o", "wide").ok())
                .startsWith("NAMESPACE   NAME ")
                .contains("1/1     Running   0 ", " node-1   <none>           <none>\n");
        assertThat(kubectl.run("get", "nodes").ok()).contains("node-1   Ready    <none> ");
        assertThat(kubectl.run("get", "all").ok()).contains("pod/web-", "deployment.apps/web", "replicaset.apps/web-");
        assertThat(kubectl.run("get", "pods", "nosuch").err())
                .isEqualTo("Error from server (NotFound): pods \"nosuch\" not found\n");
        assertThat(kubectl.run("describe", "deployment", "web").ok())
                .contains("Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable")
                .contains("Scaled up replica set web-");
    }

    @Test
    void everyKindHasATable() throws IOException, InterruptedException {
        String kinds =
                kubectl.run("api-resources", "--verbs=list", "-o", "name").ok();

        for (String kind : kinds.lines().toList()) {
            Kubectl.Result result = kubectl.run("get", kind, "-A");

            assertThat(result.code()).as("%s: %s", kind, result.err()).isZero();
        }
    }

    @Test
    void watchesUntilItIsStopped() throws IOException, InterruptedException {
        Process watch = kubectl.start("get", "configmaps", "--watch", "--output-watch-events");
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            kubectl.run("create", "configmap", "seen").ok();
            kubectl.run("delete", "configmap", "seen").ok();

            String line = lines.readLine();
            while (!line.contains("seen")) {
                line = lines.readLine();
            }
            assertThat(line).matches("ADDED +seen .*");
            assertThat(lines.readLine()).matches("DELETED +seen .*");
        } finally {
            watch.destroy();
        }
    }

    @Test
    void changesScalesAndUndoes() throws IOException, InterruptedException {
        kubectl.run("create", "deployment", "web", "--image=nginx:1").ok();
        kubectl.run("wait", "--for=condition=Available", "deployment/web", "--timeout=30s")
                .ok();

        kubectl.run("set", "image", "deployment/web", "nginx=nginx:2").ok();
        kubectl.run("rollout", "status", "deployment/web").ok();
        kubectl.run("rollout", "undo", "deployment/web").ok();
        kubectl.run("rollout", "status", "deployment/web").ok();
        kubectl.run("scale", "deployment/web", "--replicas=2", "--current-replicas=1")
                .ok();
        kubectl.run("label", "deployment", "web", "tier=front").ok();
        kubectl.run("annotate", "deployment", "web", "note=hello").ok();
        kubectl.run("expose", "deployment", "web", "--port=80").ok();
        kubectl.run(
                        "patch",
                        "service",
                        "web",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"add\",\"path\":\"/spec/sessionAffinity\",\"value\":\"ClientIP\"}]")
                .ok();

        assertThat(kubectl.run(
                                "get",
                                "deployment",
                                "web",
                                "-o",
                                "jsonpath={.spec.template.spec.containers[0].image} {.spec.replicas} {.metadata.labels.tier}")
                        .ok())
                .isEqualTo("nginx:1 2 front");
        assertThat(kubectl.run("rollout", "history", "deployment/web").ok()).contains("REVISION", "3 ");
        assertThat(kubectl.run("get", "service", "web", "-o", "jsonpath={.spec.sessionAffinity}")
                        .ok())
                .isEqualTo("ClientIP");
    }

    @Test
    void deletesAndWaits() throws IOException, InterruptedException {
        kubectl.run("run", "p", "--image=nginx").ok();
        kubectl.run("wait", "--for=condition=Ready", "pod/p", "--timeout=30s").ok();

        assertThat(kubectl.run("delete", "pod", "p").ok()).isEqualTo("pod \"p\" deleted\n");
        assertThat(kubectl.run("get", "pods").err()).isEqualTo("No resources found in default namespace.\n");
    }

    @Test
    void nodesAreCordonedTaintedAndDrained() throws IOException, InterruptedException {
        assertThat(kubectl.run("cordon", "node-1").ok()).isEqualTo("node/node-1 cordoned\n");
        assertThat(kubectl.run("get", "nodes").ok()).contains("Ready,SchedulingDisabled");
        assertThat(kubectl.run("uncordon", "node-1").ok()).isEqualTo("node/node-1 uncordoned\n");
        assertThat(kubectl.run("taint", "node", "node-1", "a=b:NoSchedule").ok())
                .isEqualTo("node/node-1 tainted\n");
    }
}
