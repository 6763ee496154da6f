package dev.orchestrator.server;

import java.util.List;
import java.util.Map;

import dev.orchestrator.server.ServerUnderTest.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects read and written over HTTP. */
class ObjectsIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String WEB = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,
             "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
             "spec":{"containers":[{"name":"nginx","image":"nginx:1"}]}}}}""";

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String configMap(String name, String label) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"l\":\"" + label + "\"}},\"data\":{\"a\":\"1\"}}";
    }

    @Test
    void anObjectIsCreatedReadReplacedAndDeleted() throws InterruptedException {
        Answer created = server.post(CONFIG_MAPS, configMap("c", "x"));
        Answer read = server.get(CONFIG_MAPS + "/c");
        Answer replaced = server.put(CONFIG_MAPS + "/c", "{\"metadata\":{\"name\":\"c\"},\"data\":{\"b\":\"2\"}}");
        Answer deleted = server.delete(CONFIG_MAPS + "/c");

        assertThat(created.code()).isEqualTo(201);
        assertThat(created.at("kind")).isEqualTo("ConfigMap");
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(replaced.at("data")).isEqualTo(Map.of("b", "2"));
        assertThat(deleted.at("status")).isEqualTo("Success");
        assertThat(deleted.at("details.uid")).isEqualTo(created.at("metadata.uid"));
        assertThat(server.get(CONFIG_MAPS + "/c").code()).isEqualTo(404);
    }

    @Test
    void yamlIsTakenAndGiven() throws InterruptedException {
        Answer created = server.send(server.request("POST", CONFIG_MAPS, "metadata:\n  name: why\ndata:\n  a: 'yes'\n")
                .header("Content-Type", "application/yaml")
                .header("Accept", "application/yaml")
                .build());

        assertThat(created.body()).startsWith("apiVersion: v1\ndata:\n  a: \"yes\"\nkind: ConfigMap\n");
        assertThat(created.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(created.code()).isEqualTo(201);
    }

    @Test
    void theThreePatchesChangeOnlyWhatTheySay() throws InterruptedException {
        server.post(DEPLOYMENTS, WEB);

        Answer merged = server.patch(
                DEPLOYMENTS + "/web", "merge-patch+json", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
        Answer strategic = server.patch(DEPLOYMENTS + "/web", "strategic-merge-patch+json", """
                {"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:1"}]}}}}""");
        Answer steps = server.patch(DEPLOYMENTS + "/web", "json-patch+json", """
                [{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nginx:2"}]""");

        assertThat(merged.at("metadata.annotations.a")).isEqualTo("b");
        assertThat(List.of(
                        strategic.at("spec.template.spec.containers.0.name"),
                        strategic.at("spec.template.spec.containers.1.name")))
                .containsExactlyInAnyOrder("nginx", "side");
        assertThat(steps.body()).contains("nginx:2");
        assertThat(steps.at("metadata.annotations.a")).isEqualTo("b");
    }

    @Test
    void aPatchWithAnOldResourceVersionIsAConflict() throws InterruptedException {
        server.post(CONFIG_MAPS, configMap("c", "x"));

        Answer refused = server.patch(
                CONFIG_MAPS + "/c",
                "merge-patch+json",
                "{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"a\":\"2\"}}");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.at("reason")).isEqualTo("Conflict");
    }

    @Test
    void aDryRunAnswersAsIfAndStoresNothing() throws InterruptedException {
        Answer dry = server.post(CONFIG_MAPS + "?dryRun=All", configMap("dry", "x"));

        assertThat(dry.code()).isEqualTo(201);
        assertThat((String) dry.at("metadata.uid")).isNotEmpty();
        assertThat(server.get(CONFIG_MAPS + "/dry").code()).isEqualTo(404);
    }

    @Test
    void unknownFieldsAreWarnedAboutUnlessTheyAreIgnored() throws InterruptedException {
        String body = "{\"metadata\":{\"name\":\"%s\"},\"foo\":1}";

        Answer warned = server.post(CONFIG_MAPS, body.replace("%s", "warned"));
        Answer ignored = server.post(CONFIG_MAPS + "?fieldValidation=Ignore", body.replace("%s", "ignored"));

        assertThat(warned.headers().allValues("Warning")).containsExactly("299 - \"unknown field \\\"foo\\\"\"");
        assertThat(ignored.headers().allValues("Warning")).isEmpty();
        assertThat(ignored.code()).isEqualTo(201);
    }

    @Test
    void aListIsReadInPagesOfOneRevision() throws InterruptedException {
        for (String name : List.of("c1", "c2", "c3")) {
            server.post(CONFIG_MAPS, configMap(name, "page"));
        }

        Answer first = server.get(CONFIG_MAPS + "?limit=2&labelSelector=l%3Dpage");
        server.delete(CONFIG_MAPS + "/c3");
        Answer second =
                server.get(CONFIG_MAPS + "?limit=2&labelSelector=l%3Dpage&continue=" + first.at("metadata.continue"));

        assertThat(first.at("kind")).isEqualTo("ConfigMapList");
        assertThat((List<?>) first.at("items")).hasSize(2);
        assertThat(second.at("items.0.metadata.name")).isEqualTo("c3");
        assertThat(second.at("metadata.resourceVersion")).isEqualTo(first.at("metadata.resourceVersion"));
    }

    @Test
    void selectorsChooseAndCollectionsAreDeleted() throws InterruptedException {
        server.post(CONFIG_MAPS, configMap("c1", "x"));
        server.post(CONFIG_MAPS, configMap("c2", "y"));

        Answer labelled = server.get("/api/v1/configmaps?labelSelector=l%20in%20(x)");
        Answer named = server.get(CONFIG_MAPS + "?fieldSelector=metadata.name%3Dc2");
        Answer deleted = server.delete(CONFIG_MAPS + "?labelSelector=l%3Dx");

        assertThat(labelled.at("items.0.metadata.name")).isEqualTo("c1");
        assertThat(named.at("items.0.metadata.name")).isEqualTo("c2");
        assertThat(deleted.at("items.0.metadata.name")).isEqualTo("c1");
        assertThat(server.get(CONFIG_MAPS + "/c1").code()).isEqualTo(404);
        assertThat(server.get(CONFIG_MAPS + "/c2").code()).isEqualTo(200);
    }

    @Test
    void statusAndSpecAreWrittenApart() throws InterruptedException {
        server.post(DEPLOYMENTS, WEB);

        Answer status = server.patch(DEPLOYMENTS + "/web/status", "merge-patch+json", """
                {"spec":{"replicas":9},"status":{"conditions":[{"type":"Mine","status":"True"}]}}""");

        assertThat(status.at("spec.replicas")).isEqualTo(0L);
        assertThat(status.body()).contains("\"type\":\"Mine\"");
    }

    @Test
    void theNumberOfReplicasIsReadAndWrittenAsAScale() throws InterruptedException {
        server.post(DEPLOYMENTS, WEB);

        Answer read = server.get(DEPLOYMENTS + "/web/scale");
        Answer patched = server.patch(DEPLOYMENTS + "/web/scale", "merge-patch+json", "{\"spec\":{\"replicas\":2}}");
        Answer stale = server.put(
                DEPLOYMENTS + "/web/scale",
                "{\"metadata\":{\"name\":\"web\",\"resourceVersion\":\"1\"},\"spec\":{\"replicas\":1}}");

        assertThat(read.at("kind")).isEqualTo("Scale");
        assertThat(read.at("status.selector")).isEqualTo("app=web");
        assertThat(patched.at("spec.replicas")).isEqualTo(2L);
        assertThat(server.get(DEPLOYMENTS + "/web").at("spec.replicas")).isEqualTo(2L);
        assertThat(stale.code()).isEqualTo(409);
    }

    @Test
    void anObjectWithFinalizersIsAnsweredWithWhileItIsStillThere() throws InterruptedException {
        server.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/hold\"]}}");

        Answer marked = server.delete(CONFIG_MAPS + "/held");
        Answer released =
                server.patch(CONFIG_MAPS + "/held", "merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");

        assertThat((String) marked.at("metadata.deletionTimestamp")).isNotEmpty();
        assertThat(released.code()).isEqualTo(200);
        assertThat(server.get(CONFIG_MAPS + "/held").code()).isEqualTo(404);
    }

    @Test
    void tablesAndMetadataAreGivenToThoseWhoAsk() throws InterruptedException {
        server.post(CONFIG_MAPS, configMap("c", "x"));

        Answer table = server.getAs(
                CONFIG_MAPS + "?labelSelector=l%3Dx", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        Answer metadata =
                server.getAs(CONFIG_MAPS + "/c", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        Answer list = server.getAs(
                CONFIG_MAPS + "?labelSelector=l%3Dx",
                "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");

        assertThat(table.at("kind")).isEqualTo("Table");
        assertThat(table.at("columnDefinitions.1.name")).isEqualTo("Data");
        assertThat(table.at("rows.0.cells.0")).isEqualTo("c");
        assertThat(table.at("rows.0.cells.1")).isEqualTo(1L);
        assertThat(table.at("rows.0.object.kind")).isEqualTo("PartialObjectMetadata");
        assertThat(metadata.at("kind")).isEqualTo("PartialObjectMetadata");
        assertThat(metadata.body()).doesNotContain("\"data\"");
        assertThat(list.at("items.0.metadata.name")).isEqualTo("c");
    }

    @Test
    void nothingIsGivenToThoseWhoAcceptNothingThereIs() throws InterruptedException {
        Answer refused = server.getAs(CONFIG_MAPS, "image/png");

        assertThat(refused.code()).isEqualTo(406);
        assertThat(refused.at("reason")).isEqualTo("NotAcceptable");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws InterruptedException {
        Answer refused = server.post(CONFIG_MAPS, "{\"data\":{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}}");

        assertThat(refused.code()).isEqualTo(413);
        assertThat(refused.at("reason")).isEqualTo("RequestEntityTooLarge");
    }
}
