package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with kubectl and kinds of their own. */
@Timeout(300)
class CustomKindsIT {

    private static final String CRON_TABS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: crontabs.stable.example.com}
            spec:
              group: stable.example.com
              scope: Namespaced
              names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all]}
              versions:
              - name: v1
                served: true
                storage: true
                additionalPrinterColumns:
                - {name: Spec, type: string, description: The cron spec, jsonPath: .spec.cronSpec}
                - {name: Replicas, type: integer, jsonPath: .spec.replicas}
                - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
                subresources:
                  status: {}
                  scale:
                    specReplicasPath: .spec.replicas
                    statusReplicasPath: .status.replicas
                    labelSelectorPath: .status.labelSelector
                schema:
                  openAPIV3Schema:
                    type: object
                    description: Something that happens again and again.
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        description: What happens when.
                        required: [cronSpec]
                        properties:
                          cronSpec: {type: string, pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'}
                          image: {type: string, enum: [busybox, alpine]}
                          replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                          port: {x-kubernetes-int-or-string: true}
                          labels: {type: object, additionalProperties: {type: string, maxLength: 5}}
                          raw: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          steps:
                            type: array
                            maxItems: 2
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items:
                              type: object
                              required: [name]
                              properties: {name: {type: string}, run: {type: string}}
                      status:
                        type: object
                        properties: {replicas: {type: integer}, labelSelector: {type: string}}
              - name: v1beta1
                served: true
                storage: false
                deprecated: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;
    private static final String CRON_TAB = """
            apiVersion: stable.example.com/v1
            kind: CronTab
            metadata: {name: nightly}
            spec: {cronSpec: '* * * * */5', image: busybox}
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

    private String run(String... arguments) throws IOException, InterruptedException {
        return kubectl.run(arguments).ok();
    }

    private void define() throws IOException, InterruptedException {
        run("apply", "-f", kubectl.file("crd.yaml", CRON_TABS));
        run("wait", "--for=condition=Established", "--timeout=30s", "crd/crontabs.stable.example.com");
    }

    private String cronTab(String spec) throws IOException {
        return kubectl.file("ct.yaml", CRON_TAB.replace("'* * * * */5', image: busybox", spec));
    }

    @Test
    void isServedAtOnceUnderAllItsNames() throws IOException, InterruptedException {
        define();

        String resources = run("api-resources", "--api-group=stable.example.com", "--no-headers");
        String created = run("create", "-f", kubectl.file("one.yaml", CRON_TAB));
        String table = run("get", "ct");
        String all = run("get", "all", "-o", "name");
        String old = kubectl.run(
                        "get", "crontabs.v1beta1.stable.example.com", "nightly", "-o", "jsonpath={.apiVersion}")
                .ok();

        assertThat(resources.replaceAll(" +", " ")).isEqualTo("crontabs ct stable.example.com/v1 true CronTab\n");
        assertThat(created).isEqualTo("crontab.stable.example.com/nightly created\n");
        assertThat(table.replaceAll("[0-9]+s\n", "1s\n")).isEqualTo("""
                NAME      SPEC          REPLICAS   AGE
                nightly   * * * * */5   1          1s
                """);
        assertThat(all).contains("crontab.stable.example.com/nightly");
        assertThat(old).isEqualTo("stable.example.com/v1beta1");
        assertThat(run("get", "crd", "--no-headers")).startsWith("crontabs.stable.example.com   2");
        assertThat(run("api-versions")).contains("stable.example.com/v1\nstable.example.com/v1beta1\n");
    }

    @Test
    void refusesWhatTheSchemaDoesNotAllow() throws IOException, InterruptedException {
        define();

        Kubectl.Result wrong = kubectl.run(
                "create",
                "-f",
                cronTab("'* * *', image: nginx, replicas: 11, labels: {a: toolong}, port: true, steps: [{run: one}]"));
        Kubectl.Result unknown = kubectl.run("create", "-f", cronTab("'* * * * *', imge: busybox"));
        Kubectl.Result missing =
                kubectl.run("create", "-f", kubectl.file("ct.yaml", CRON_TAB.replaceAll("spec: .*", "")));

        assertThat(wrong.err()).isEqualTo("""
                The CronTab "nightly" is invalid:\s
                * spec.cronSpec: Invalid value: "* * *": spec.cronSpec in body should match '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'
                * spec.image: Unsupported value: "nginx": supported values: "busybox", "alpine"
                * spec.labels.a: Too long: may not be more than 5 bytes
                * spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"
                * spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal to 10
                * spec.steps[0].name: Required value
                """);
        assertThat(unknown.err()).contains("strict decoding error: unknown field \"spec.imge\"");
        assertThat(missing.err()).isEqualTo("The CronTab \"nightly\" is invalid: spec: Required value\n");
    }

    @Test
    void prunesAndDefaultsAndCountsGenerations() throws IOException, InterruptedException {
        define();

        run("create", "--validate=ignore", "-f", cronTab("'* * * * *', unknown: 1, raw: {any: [1]}"));
        String spec = run("get", "ct", "nightly", "-o", "jsonpath={.spec}");
        run("patch", "ct", "nightly", "--type=merge", "--subresource=status", "-p", "{\"status\":{\"replicas\":3}}");
        String afterStatus = run("get", "ct", "nightly", "-o", "jsonpath={.metadata.generation} {.status.replicas}");
        run(
                "patch",
                "ct",
                "nightly",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/spec/image\",\"value\":\"alpine\"}]");
        String afterSpec = run("get", "ct", "nightly", "-o", "jsonpath={.metadata.generation} {.status.replicas}");
        Kubectl.Result strategic =
                kubectl.run("patch", "ct", "nightly", "--type=strategic", "-p", "{\"spec\":{\"image\":\"alpine\"}}");

        assertThat(spec).isEqualTo("{\"cronSpec\":\"* * * * *\",\"raw\":{\"any\":[1]},\"replicas\":1}");
        assertThat(afterStatus).isEqualTo("1 3");
        assertThat(afterSpec).isEqualTo("2 3");
        assertThat(strategic.code()).isNotZero();
        assertThat(strategic.err())
                .contains("application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    }

    @Test
    void scalesAppliesAndExplains() throws IOException, InterruptedException {
        define();

        run("apply", "-f", cronTab("'* * * * *', steps: [{name: a, run: one}]"));
        String scaled = run("scale", "ct/nightly", "--replicas=4");
        run(
                "apply",
                "--server-side",
                "--field-manager=other",
                "-f",
                cronTab("'* * * * *', steps: [{name: b, run: two}]"));
        String steps = run("get", "ct", "nightly", "-o", "jsonpath={.spec.replicas}{.spec.steps[*].name}");
        Kubectl.Result conflict =
                kubectl.run("apply", "--server-side", "--field-manager=third", "-f", cronTab("'0 * * * *'"));
        String explained = run("explain", "ct.spec.replicas");

        assertThat(scaled).isEqualTo("crontab.stable.example.com/nightly scaled\n");
        assertThat(steps).isEqualTo("4a b");
        assertThat(conflict.err()).contains("conflict").contains(".spec.cronSpec");
        assertThat(explained)
                .contains("GROUP:      stable.example.com", "KIND:       CronTab", "FIELD: replicas <integer>");
        assertThat(run("explain", "ct")).contains("Something that happens again and again.", "metadata\t<ObjectMeta>");
    }

    @Test
    void goesWithAllItsObjects() throws IOException, InterruptedException {
        define();
        run("create", "-f", kubectl.file("one.yaml", CRON_TAB));
        run("patch", "ct", "nightly", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");

        run("delete", "crd", "crontabs.stable.example.com", "--wait=false");
        run(
                "wait",
                "--for=jsonpath={.status.conditions[?(@.type==\"Terminating\")].reason}=InstanceDeletionInProgress",
                "--timeout=30s",
                "crd/crontabs.stable.example.com");
        Kubectl.Result created =
                kubectl.run("create", "-f", kubectl.file("two.yaml", CRON_TAB.replace("nightly", "hourly")));
        run("patch", "ct", "nightly", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
        run("wait", "--for=delete", "--timeout=30s", "crd/crontabs.stable.example.com");

        assertThat(created.err()).contains("create not allowed while custom resource definition is terminating");
        assertThat(run("api-resources", "--api-group=stable.example.com", "--no-headers"))
                .isEmpty();
    }

    @Test
    void refusesDefinitionsThatAreNotStructural() throws IOException, InterruptedException {
        Kubectl.Result untyped = kubectl.run(
                "create",
                "-f",
                kubectl.file("crd.yaml", CRON_TABS.replace("image: {type: string, enum", "image: {enum")));
        Kubectl.Result named = kubectl.run(
                "create",
                "-f",
                kubectl.file("crd.yaml", CRON_TABS.replace("name: crontabs.stable", "name: tabs.stable")));
        Kubectl.Result ruled = kubectl.run(
                "create",
                "-f",
                kubectl.file(
                        "crd.yaml",
                        CRON_TABS.replace(
                                "image: {type: string, enum",
                                "image: {type: string, x-kubernetes-validations: [{rule: 'self != \"x\"'}], enum")));

        assertThat(untyped.err())
                .contains("spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[image].type: Required"
                        + " value: must not be empty for specified object fields");
        assertThat(named.err()).contains("must be spec.names.plural+\".\"+spec.group");
        assertThat(ruled.code()).isZero();
        assertThat(ruled.err()).contains("Warning: spec.versions[0]", "does not evaluate CEL rules");
    }
}
