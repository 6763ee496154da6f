package dev.orchestrator.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.codec.YamlText;
import dev.orchestrator.server.ServerUnderTest.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Server-side apply and the owners of fields, over HTTP. */
@Timeout(60)
class ApplyIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String C = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: %s
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: nginx, image: "nginx:1", ports: [{containerPort: 80}]}]}
            """;

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer apply(String path, String query, String config) throws InterruptedException {
        return server.patch(path + "?" + query, "apply-patch+yaml", config);
    }

    /** {@return the owners of an object, each as manager, operation and subresource with its fields as JSON} */
    private static List<String> owners(Answer answer) {
        var owners = new ArrayList<String>();
        for (Object each : (List<?>) answer.at("metadata.managedFields")) {
            var entry = (Map<?, ?>) each;
            String part = entry.containsKey("subresource") ? "/" + entry.get("subresource") : "";
            owners.add(entry.get("manager") + " " + entry.get("operation") + part + " "
                    + JsonText.write(requireNonNull(entry.get("fieldsV1"))));
        }
        return owners;
    }

    @Test
    void createsThenChangesThenRemovesWhatIsApplied() throws InterruptedException {
        Answer created = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '1', b: '2'}");
        Answer same = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '1', b: '2'}");
        Answer changed = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '3'}");

        assertThat(created.code()).isEqualTo(201);
        assertThat(owners(created)).containsExactly("ci Apply {\"f:data\":{\"f:a\":{},\"f:b\":{}}}");
        assertThat(same.code()).isEqualTo(200);
        assertThat(same.body()).isEqualTo(created.body());
        assertThat(changed.at("data")).isEqualTo(Map.of("a", "3"));
        assertThat(owners(changed)).containsExactly("ci Apply {\"f:data\":{\"f:a\":{}}}");
    }

    @Test
    void whatOthersHaveWrittenIsAConflictUnlessForced() throws InterruptedException {
        server.send(server.request(
                        "POST", CONFIG_MAPS, "{\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"1\",\"b\":\"1\"}}")
                .header("Content-Type", "application/json")
                .header("User-Agent", "curl/8.1")
                .build());

        Answer refused = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '2'}");
        Answer two = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '2', b: '2'}");
        Answer forced = apply(CONFIG_MAPS + "/c", "fieldManager=ci&force=true", C + "data: {a: '2'}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body())
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"Apply failed with 1 conflict: conflict with \\\"curl\\\" using v1: .data.a\","
                        + "\"reason\":\"Conflict\",\"details\":{\"causes\":[{\"field\":\".data.a\","
                        + "\"message\":\"conflict with \\\"curl\\\" using v1\",\"reason\":\"FieldManagerConflict\"}]},"
                        + "\"code\":409}\n");
        assertThat(two.at("message"))
                .isEqualTo("Apply failed with 2 conflicts: conflicts with \"curl\" using v1:\n- .data.a\n- .data.b");
        assertThat(forced.at("data")).isEqualTo(Map.of("a", "2", "b", "1"));
        assertThat(owners(forced))
                .containsExactly(
                        "ci Apply {\"f:data\":{\"f:a\":{}}}", "curl Update {\"f:data\":{\".\":{},\"f:b\":{}}}");
    }

    @Test
    void everyWriterIsNamedWithWhatItWrote() throws InterruptedException {
        server.send(server.request("POST", DEPLOYMENTS + "?fieldManager=me", json(WEB.replace("%s", "1")))
                .header("Content-Type", "application/json")
                .build());
        server.cluster().deployments().named("web").awaitAvailable(ServerUnderTest.DEADLINE);
        server.patch(DEPLOYMENTS + "/web/scale?fieldManager=scaler", "merge-patch+json", "{\"spec\":{\"replicas\":2}}");
        server.patch(
                DEPLOYMENTS + "/web?fieldManager=noter",
                "strategic-merge-patch+json",
                "{\"metadata\":{\"labels\":{\"l\":\"m\"}}}");

        List<String> owners = owners(server.get(DEPLOYMENTS + "/web"));

        assertThat(owners)
                .contains(
                        "scaler Update/scale {\"f:spec\":{\"f:replicas\":{}}}",
                        "noter Update {\"f:metadata\":{\"f:labels\":{\".\":{},\"f:l\":{}}}}")
                .anyMatch(owner -> owner.startsWith("kube-controller-manager Update/status {\"f:status\":{"))
                .anyMatch(owner -> owner.equals("kube-controller-manager Update {\"f:metadata\":{\"f:annotations\":"
                        + "{\".\":{},\"f:deployment.kubernetes.io/revision\":{}}}}"));
        assertThat(owners.stream().filter(owner -> owner.startsWith("me Update ")))
                .singleElement()
                .asString()
                .contains("\"f:selector\":{}", "k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}")
                .doesNotContain("f:replicas", "kubernetes.io/revision");
        String pods = server.get("/api/v1/namespaces/default/pods").body();
        assertThat(pods).contains("\"manager\":\"kube-controller-manager\"", "\"manager\":\"kubelet\"");
    }

    private static String json(String yaml) {
        return JsonText.write(YamlText.parse(yaml).getFirst().root());
    }

    @Test
    void clientsMayWriteTheOwnersThemselvesOrForgetThem() throws InterruptedException {
        apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {a: '1'}");

        Answer renamed = server.patch(
                CONFIG_MAPS + "/c",
                "json-patch+json",
                "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields/0/manager\",\"value\":\"cd\"}]");
        Answer cleared =
                server.patch(CONFIG_MAPS + "/c", "merge-patch+json", "{\"metadata\":{\"managedFields\":[{}]}}");
        Answer applied = apply(CONFIG_MAPS + "/c", "fieldManager=ci", C + "data: {b: '1'}");

        assertThat(owners(renamed)).containsExactly("cd Apply {\"f:data\":{\"f:a\":{}}}");
        assertThat(cleared.body()).doesNotContain("managedFields");
        assertThat(owners(applied))
                .containsExactly(
                        "ci Apply {\"f:data\":{\"f:b\":{}}}",
                        "before-first-apply Update {\"f:data\":{\".\":{},\"f:a\":{}}}");
    }

    @Test
    void aDryRunOfAnApplyStoresNothing() throws InterruptedException {
        Answer dry = apply(CONFIG_MAPS + "/c", "fieldManager=ci&dryRun=All", C + "data: {a: '1'}");

        assertThat(dry.code()).isEqualTo(201);
        assertThat(server.get(CONFIG_MAPS + "/c").code()).isEqualTo(404);
    }

    @Test
    void statusAndScaleAreAppliedApart() throws InterruptedException {
        apply(DEPLOYMENTS + "/web", "fieldManager=ci", WEB.replace("%s", "1"));
        String status = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {replicas: 7}
                status: {conditions: [{type: Checked, status: 'True'}]}
                """;

        Answer checked = apply(DEPLOYMENTS + "/web/status", "fieldManager=checker", status);
        Answer scaled = apply(
                DEPLOYMENTS + "/web/scale",
                "fieldManager=scaler&force=true",
                "apiVersion: autoscaling/v1\nkind: Scale\nmetadata: {name: web}\nspec: {replicas: 3}\n");
        Answer ignored =
                apply(DEPLOYMENTS + "/web", "fieldManager=ci", WEB.replace("%s", "3") + "status: {replicas: 99}\n");

        assertThat(checked.at("spec.replicas")).isEqualTo(1L);
        assertThat(owners(checked))
                .anyMatch(owner -> owner.startsWith("checker Apply/status {\"f:status\":{\"f:conditions\":"));
        assertThat(scaled.at("spec.replicas")).isEqualTo(3L);
        assertThat(owners(ignored)).contains("scaler Apply/scale {\"f:spec\":{\"f:replicas\":{}}}");
        assertThat(ignored.body()).doesNotContain("\"replicas\":99");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no manager          | ''                | {apiVersion: v1, kind: ConfigMap, metadata: {name: c}} | 422 | PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch
            another kind        | fieldManager=ci   | {apiVersion: v1, kind: Secret, metadata: {name: c}}    | 500 | invalid object type: /v1, Kind=Secret
            an unknown field    | fieldManager=ci   | {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, foo: 1} | 500 | failed to create typed patch object (/c; /v1, Kind=ConfigMap): .foo: field not declared in schema
            a number for a text | fieldManager=ci   | {apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: default}, data: {a: 1}} | 500 | failed to create typed patch object (default/c; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:1}
            owners in it        | fieldManager=ci   | {apiVersion: v1, kind: ConfigMap, metadata: {name: c, managedFields: [{manager: x}]}} | 400 | metadata.managedFields must be nil
            another name        | fieldManager=ci   | {apiVersion: v1, kind: ConfigMap, metadata: {name: d}} | 400 | the name of the object (d) does not match the name on the URL (c)
            """)
    void refusesInKubernetesWords(String rule, String query, String config, int code, String message)
            throws InterruptedException {
        Answer refused = apply(CONFIG_MAPS + "/c", query, config);

        assertThat(refused.at("message")).as(rule).isEqualTo(message);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void onlyAnApplyCanBeForced() throws InterruptedException {
        Answer refused = server.patch(CONFIG_MAPS + "/c?force=true", "merge-patch+json", "{}");

        assertThat(refused.at("message"))
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                        + " non-apply patch");
    }
}
