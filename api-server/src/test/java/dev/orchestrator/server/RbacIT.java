package dev.orchestrator.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.server.ApiServerOptions.Authorization;
import dev.orchestrator.server.ServerUnderTest.Answer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Roles and bindings as kubectl and the Java clients meet them. */
@Timeout(180)
class RbacIT {

    @TempDir
    private Path home;

    private ServerUnderTest server;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = ServerUnderTest.start();
        kubectl = Kubectl.on(server.api(), home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String as(String user, String... arguments) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--as", user));
        Kubectl.Result result = kubectl.run(all.toArray(String[]::new));
        return result.out() + result.err();
    }

    @Test
    void whoHasNoRoleMayDoNothing() throws IOException, InterruptedException {
        assertThat(as("jane", "get", "pods"))
                .isEqualTo("Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list resource"
                        + " \"pods\" in API group \"\" in the namespace \"default\"\n");
        assertThat(as("jane", "get", "nodes"))
                .isEqualTo("Error from server (Forbidden): nodes is forbidden: User \"jane\" cannot list resource"
                        + " \"nodes\" in API group \"\" at the cluster scope\n");
        assertThat(as("jane", "get", "deployment", "web"))
                .isEqualTo("Error from server (Forbidden): deployments.apps \"web\" is forbidden: User \"jane\" cannot"
                        + " get resource \"deployments\" in API group \"apps\" in the namespace \"default\"\n");
        assertThat(as("jane", "logs", "p"))
                .isEqualTo("Error from server (Forbidden): pods \"p\" is forbidden: User \"jane\" cannot get resource"
                        + " \"pods\" in API group \"\" in the namespace \"default\"\n");
        assertThat(as("jane", "get", "--raw", "/metrics"))
                .isEqualTo("Error from server (Forbidden): forbidden: User \"jane\" cannot get path \"/metrics\"\n");
        assertThat(as("jane", "get", "namespace", "default"))
                .contains("namespaces \"default\" is forbidden: User \"jane\" cannot get resource \"namespaces\" in API"
                        + " group \"\" in the namespace \"default\"");
        assertThat(as("jane", "get", "pods", "--as-group", "system:masters")).contains("No resources found");
    }

    @Test
    void strangersLearnThatTheServerIsThere() throws InterruptedException {
        for (String path : List.of("/healthz", "/livez", "/readyz", "/version")) {
            assertThat(server.send(server.anonymous("GET", path, "").build()).code())
                    .as(path)
                    .isEqualTo(200);
        }
        Answer answer = server.send(server.anonymous("GET", "/api/v1/pods", "").build());

        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"pods is forbidden: User \\\"system:anonymous\\\" cannot list resource"
                        + " \\\"pods\\\" in API group \\\"\\\" at the cluster scope\",\"reason\":\"Forbidden\","
                        + "\"details\":{\"kind\":\"pods\"},\"code\":403}\n");
        assertThat(server.send(server.anonymous("GET", "/api", "").build()).at("message"))
                .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/api\"");
    }

    @Test
    void canI() throws IOException, InterruptedException {
        kubectl.run("create", "role", "reader", "--verb=get,list", "--resource=pods,pods/log")
                .ok();
        kubectl.run("create", "rolebinding", "janes", "--role=reader", "--user=jane")
                .ok();

        assertThat(kubectl.run("auth", "can-i", "delete", "pods").ok()).isEqualTo("yes\n");
        assertThat(as("jane", "auth", "can-i", "list", "pods")).isEqualTo("yes\n");
        assertThat(as("jane", "auth", "can-i", "get", "pods", "--subresource=log"))
                .isEqualTo("yes\n");
        assertThat(as("jane", "auth", "can-i", "delete", "pods")).isEqualTo("no\n");
        assertThat(as("jane", "auth", "can-i", "list", "pods", "-A")).isEqualTo("no\n");
        assertThat(as("jane", "auth", "can-i", "list", "pods", "-n", "kube-system"))
                .isEqualTo("no\n");
        assertThat(as("jane", "auth", "can-i", "get", "/version")).isEqualTo("yes\n");
        assertThat(kubectl.run("auth", "can-i", "delete", "pods", "--as", "jane", "-q")
                        .code())
                .isEqualTo(1);
        kubectl.run("create", "rolebinding", "lost", "--role=nosuch", "--user=jane")
                .ok();
        assertThat(as("jane", "auth", "can-i", "delete", "pods"))
                .isEqualTo("no - RBAC: role.rbac.authorization.k8s.io \"nosuch\" not found\n");
    }

    @Test
    void canIListsWhatOneMayDo() throws IOException, InterruptedException {
        kubectl.run("create", "role", "reader", "--verb=get,list", "--resource=pods", "--resource-name=p")
                .ok();
        kubectl.run("create", "rolebinding", "janes", "--role=reader", "--user=jane")
                .ok();

        List<String> lines = as("jane", "auth", "can-i", "--list")
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();

        assertThat(lines.getFirst()).isEqualTo("Resources Non-Resource URLs Resource Names Verbs");
        assertThat(lines)
                .contains(
                        "selfsubjectreviews.authentication.k8s.io [] [] [create]",
                        "selfsubjectaccessreviews.authorization.k8s.io [] [] [create]",
                        "selfsubjectrulesreviews.authorization.k8s.io [] [] [create]",
                        "pods [] [p] [get list]",
                        "[/api/*] [] [get]",
                        "[/version/] [] [get]");
        assertThat(kubectl.run("auth", "can-i", "--list").ok().replaceAll(" +", " "))
                .contains("*.* [] [] [*]", " [*] [] [*]");
    }

    @Test
    void aServiceAccountWorksWithWhatItsRoleAllows() throws IOException, InterruptedException {
        kubectl.run("create", "serviceaccount", "builder").ok();
        kubectl.run("create", "role", "maps", "--verb=get,list,watch,create", "--resource=configmaps")
                .ok();
        kubectl.run("create", "rolebinding", "maps", "--role=maps", "--serviceaccount=default:builder")
                .ok();
        String token = kubectl.run("create", "token", "builder").ok().strip();

        Config config = new ConfigBuilder(Config.fromKubeconfig(server.api().kubeconfig()))
                .withOauthToken(token)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("mine")
                            .endMetadata()
                            .build())
                    .create();
            assertThat(client.configMaps()
                            .inNamespace("default")
                            .withName("mine")
                            .get())
                    .isNotNull();
            var refused = catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> client.secrets().inNamespace("default").list());
            assertThat(refused.getCode()).isEqualTo(403);
            assertThat(refused.getStatus().getMessage())
                    .isEqualTo("secrets is forbidden: User \"system:serviceaccount:default:builder\" cannot list"
                            + " resource \"secrets\" in API group \"\" in the namespace \"default\"");
        }
        ApiClient official = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(
                        new StringReader(server.api().kubeconfig().replaceFirst("token: .*", "token: " + token))))
                .build();
        var core = new CoreV1Api(official);
        try {
            assertThat(core.listNamespacedConfigMap("default").execute().getItems())
                    .anyMatch(map -> map.getMetadata() != null
                            && "mine".equals(map.getMetadata().getName()));
        } catch (ApiException refused) {
            throw new AssertionError(refused.getResponseBody(), refused);
        }
        var refused = catchThrowableOfType(
                ApiException.class,
                () -> core.deleteNamespacedConfigMap("mine", "default").execute());
        assertThat(refused.getCode()).isEqualTo(403);
        assertThat(refused.getResponseBody()).contains("cannot delete resource \\\"configmaps\\\"");
    }

    @Test
    void nobodyGrantsMoreThanHeHas() throws IOException, InterruptedException {
        kubectl.run("create", "rolebinding", "joes", "--clusterrole=admin", "--user=joe")
                .ok();

        assertThat(as("joe", "create", "role", "pods", "--verb=get", "--resource=pods"))
                .isEqualTo("role.rbac.authorization.k8s.io/pods created\n");
        assertThat(as("joe", "create", "role", "nodes", "--verb=get", "--resource=nodes"))
                .isEqualTo("Error from server (Forbidden): roles.rbac.authorization.k8s.io \"nodes\" is forbidden:"
                        + " user \"joe\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions"
                        + " not currently held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}\n");
        assertThat(as("joe", "create", "rolebinding", "all", "--clusterrole=cluster-admin", "--user=joe"))
                .contains("not currently held:\n{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}\n"
                        + "{NonResourceURLs:[\"*\"], Verbs:[\"*\"]}");
        assertThat(as("joe", "create", "rolebinding", "views", "--clusterrole=view", "--user=ann"))
                .isEqualTo("rolebinding.rbac.authorization.k8s.io/views created\n");
        assertThat(as(
                        "joe",
                        "patch",
                        "role",
                        "pods",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"replace\",\"path\":\"/rules/0/resources/0\",\"value\":\"nodes\"}]"))
                .contains("not currently held");
        String wider = kubectl.file("wider.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: pods
                rules:
                - apiGroups: [""]
                  resources: [nodes]
                  verbs: [get]
                """);
        assertThat(as("joe", "replace", "-f", wider)).contains("not currently held");
        assertThat(as("joe", "apply", "--server-side", "--force-conflicts", "-f", wider))
                .contains("not currently held");
    }

    @Test
    void applyingWhatIsMissingNeedsTheRightToCreate() throws IOException, InterruptedException {
        kubectl.run("create", "role", "patcher", "--verb=get,patch", "--resource=configmaps")
                .ok();
        kubectl.run("create", "rolebinding", "patcher", "--role=patcher", "--user=jane")
                .ok();
        String map = kubectl.file("map.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: new
                """);

        assertThat(as("jane", "apply", "--server-side", "-f", map))
                .contains("configmaps \"new\" is forbidden: User \"jane\" cannot create resource \"configmaps\"");
        kubectl.run("create", "configmap", "new").ok();
        assertThat(as("jane", "apply", "--server-side", "-f", map)).contains("configmap/new serverside-applied");
    }

    @Test
    void takingAnothersPlaceIsARightOfItsOwn() throws IOException, InterruptedException {
        kubectl.run("create", "clusterrole", "act", "--verb=impersonate", "--resource=users", "--resource-name=ann")
                .ok();
        kubectl.run("create", "clusterrolebinding", "act", "--clusterrole=act", "--user=jane")
                .ok();
        java.nio.file.Files.writeString(home.resolve("kubeconfig"), server.api().kubeconfig("jane"));

        assertThat(as("ann", "auth", "whoami")).contains("Username    ann");
        assertThat(as("root", "get", "pods"))
                .isEqualTo("Error from server (Forbidden): users \"root\" is forbidden: User \"jane\" cannot"
                        + " impersonate resource \"users\" in API group \"\" at the cluster scope\n");
        assertThat(as("ann", "get", "pods", "--as-group", "system:masters"))
                .contains("groups \"system:masters\" is forbidden: User \"jane\" cannot impersonate resource"
                        + " \"groups\" in API group \"\" at the cluster scope");
        assertThat(as("system:serviceaccount:default:default", "get", "pods"))
                .contains("serviceaccounts \"default\" is forbidden: User \"jane\" cannot impersonate resource"
                        + " \"serviceaccounts\" in API group \"\" in the namespace \"default\"");
    }

    @Test
    void rolesGatherOthers() throws IOException, InterruptedException {
        kubectl.run("create", "rolebinding", "janes", "--clusterrole=view", "--user=jane")
                .ok();
        assertThat(as("jane", "auth", "can-i", "get", "leases")).isEqualTo("no\n");

        kubectl.run("create", "clusterrole", "lease-viewer", "--verb=get", "--resource=leases.coordination.k8s.io")
                .ok();
        kubectl.run("label", "clusterrole", "lease-viewer", "rbac.authorization.k8s.io/aggregate-to-view=true")
                .ok();
        server.cluster()
                .resources(ResourceTypes.CLUSTER_ROLE)
                .named("edit")
                .await(
                        "leases gathered",
                        role -> role.rules().stream()
                                .anyMatch(rule -> rule.resources().equals(List.of("leases"))
                                        && rule.verbs().equals(List.of("get"))),
                        Duration.ofSeconds(30));

        assertThat(as("jane", "auth", "can-i", "get", "leases")).isEqualTo("yes\n");
    }

    @Test
    void othersRightsAreReviewed() throws IOException, InterruptedException {
        kubectl.run("create", "rolebinding", "janes", "--clusterrole=view", "--user=jane")
                .ok();
        String where = "/apis/authorization.k8s.io/v1";
        String asked = "{\"metadata\":{\"namespace\":\"default\"},\"spec\":{\"user\":\"jane\",\"resourceAttributes\":"
                + "{\"namespace\":\"default\",\"verb\":\"get\",\"resource\":\"pods\"}}}";

        Answer global = server.post(where + "/subjectaccessreviews", asked.replaceFirst("\"metadata\":\\{[^}]*},", ""));
        Answer local = server.post(where + "/namespaces/default/localsubjectaccessreviews", asked);
        Answer elsewhere = server.post(
                where + "/namespaces/default/localsubjectaccessreviews",
                asked.replace("{\"namespace\":\"default\",\"verb\"", "{\"namespace\":\"other\",\"verb\""));
        Answer nobody = server.post(where + "/subjectaccessreviews", "{\"spec\":{}}");

        assertThat(global.code()).isEqualTo(201);
        assertThat(global.at("status.reason"))
                .isEqualTo("RBAC: allowed by RoleBinding \"janes/default\" of ClusterRole \"view\" to User \"jane\"");
        assertThat(local.at("status.allowed")).isEqualTo(true);
        assertThat((String) elsewhere.at("message")).contains("must match metadata.namespace");
        assertThat(nobody.at("message"))
                .isEqualTo("SubjectAccessReview.authorization.k8s.io \"\" is invalid: [spec.resourceAttributes: Invalid"
                        + " value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified,"
                        + " spec.user: Invalid value: \"\": at least one of user or group must be specified]");
        assertThat(server.post(where + "/selfsubjectrulesreviews", "{\"spec\":{}}")
                        .at("message"))
                .isEqualTo("no namespace on request");
        assertThat(server.get(where + "/subjectaccessreviews").code()).isEqualTo(405);
    }

    @Test
    void aServerMayLetEverybodyDoEverything() throws IOException, InterruptedException {
        ApiServerOptions options = ApiServerOptions.defaults().with(Authorization.ALWAYS_ALLOW);
        try (ApiServer api = ApiServer.start(server.cluster(), options)) {
            Kubectl open = Kubectl.on(api, home);

            assertThat(open.run("auth", "can-i", "delete", "pods", "--as", "jane")
                            .ok())
                    .isEqualTo("yes\n");
            assertThat(open.run("get", "pods", "--as", "jane").err())
                    .isEqualTo("No resources found in default namespace.\n");
        }
    }

    @Test
    void explainKnowsTheKinds() throws IOException, InterruptedException {
        assertThat(kubectl.run("explain", "subjectaccessreviews.spec").ok())
                .contains("resourceAttributes", "<ResourceAttributes>");
        assertThat(kubectl.run("explain", "tokenreviews.status.user").ok()).contains("extra", "groups", "username");
        assertThat(kubectl.run("api-resources", "--api-group=authorization.k8s.io", "-o", "name")
                        .ok())
                .isEqualTo("""
                        localsubjectaccessreviews.authorization.k8s.io
                        selfsubjectaccessreviews.authorization.k8s.io
                        selfsubjectrulesreviews.authorization.k8s.io
                        subjectaccessreviews.authorization.k8s.io
                        """);
    }
}
