package dev.orchestrator.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.orchestrator.server.ApiServerOptions.Authentication;
import dev.orchestrator.server.ServerUnderTest.Answer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who the server takes its clients for. */
@Timeout(180)
class IdentityIT {

    private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

    @TempDir
    private Path home;

    private ServerUnderTest server;

    @BeforeEach
    void start() throws InterruptedException {
        server = ServerUnderTest.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer selfAs(String token) throws InterruptedException {
        return server.send(server.anonymous("POST", SELF, "{}")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private String token(String account, String spec) throws InterruptedException {
        return (String) server.post(ACCOUNTS + "/" + account + "/token", "{\"spec\":" + spec + "}")
                .at("status.token");
    }

    private void account(String name) throws InterruptedException {
        assertThat(server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"" + name + "\"}}")
                        .code())
                .isEqualTo(201);
    }

    @Test
    void kubectlAsksWhoItIs() throws IOException, InterruptedException {
        Kubectl kubectl = Kubectl.on(server.api(), home);

        assertThat(kubectl.run("auth", "whoami").ok()).isEqualTo("""
                ATTRIBUTE   VALUE
                Username    kubernetes-admin
                Groups      [system:masters system:authenticated]
                """);
        assertThat(kubectl.run("auth", "whoami", "--as", "jane", "--as-group", "dev", "--as-uid", "u-1")
                        .ok())
                .isEqualTo("""
                ATTRIBUTE   VALUE
                Username    jane
                UID         u-1
                Groups      [dev system:authenticated]
                """);
        assertThat(kubectl.run("auth", "whoami", "--as", "system:serviceaccount:default:default")
                        .ok())
                .contains("Groups      [system:serviceaccounts system:serviceaccounts:default system:authenticated]");
        assertThat(kubectl.run("auth", "whoami", "--as", "system:anonymous").err())
                .as("strangers may not even ask that")
                .startsWith("error: the selfsubjectreviews API is not enabled in the cluster or you do not have");
    }

    @Test
    void aCertificateNamesItsUser() throws IOException, InterruptedException {
        Kubectl kubectl = Kubectl.on(server.api(), home);
        String janes = server.api().kubeconfig("jane", "dev", "ops, tools");

        Files.writeString(home.resolve("kubeconfig"), janes);

        assertThat(kubectl.run("auth", "whoami").ok()).isEqualTo("""
                ATTRIBUTE   VALUE
                Username    jane
                Groups      [dev ops, tools system:authenticated]
                """);
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.api().kubeconfig("root", "system:masters")))
                .build()) {
            assertThat(client.pods().inNamespace("default").list().getItems()).isEmpty();
        }
        assertThatThrownBy(() -> server.api().kubeconfig("")).hasMessage("the user has no name");
    }

    @Test
    void theCertificateOfAnotherServerIsWorthNothing() throws IOException, InterruptedException {
        Kubectl kubectl = Kubectl.on(server.api(), home);
        String own = server.api().kubeconfig();
        try (ApiServer other = ApiServer.start(server.cluster())) {
            String foreign = other.kubeconfig("jane");
            String mixed = own.replaceFirst(
                    "token: .*",
                    "client-certificate-data: " + ServerUnderTest.field(foreign, "client-certificate-data")
                            + "\n    client-key-data: " + ServerUnderTest.field(foreign, "client-key-data"));
            Files.writeString(home.resolve("kubeconfig"), mixed);

            assertThat(kubectl.run("auth", "whoami").err())
                    .isEqualTo("error: You must be logged in to the server (Unauthorized)\n");
        }
    }

    @Test
    void kubectlCreatesTokensThatShowTheirAccount() throws IOException, InterruptedException {
        account("builder");
        Kubectl kubectl = Kubectl.on(server.api(), home);

        String token =
                kubectl.run("create", "token", "builder", "--duration=20m").ok().strip();

        assertThat(kubectl.run("auth", "whoami", "--token", token).ok())
                .contains("Username ", "system:serviceaccount:default:builder")
                .containsPattern("Extra: authentication.kubernetes.io/credential-id +\\[JTI=[-0-9a-f]{36}]");
        assertThat(kubectl.run("create", "token", "nobody").err())
                .isEqualTo("error: failed to create token: serviceaccounts \"nobody\" not found\n");
        assertThat(kubectl.run("create", "token", "builder", "--duration=1m").err())
                .isEqualTo("error: failed to create token: TokenRequest.authentication.k8s.io \"\" is invalid:"
                        + " spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10"
                        + " minutes\n");
        assertThat(kubectl.run("auth", "whoami", "--token", "guess").err())
                .isEqualTo("error: You must be logged in to the server (Unauthorized)\n");
        kubectl.run("delete", "serviceaccount", "builder").ok();
        assertThat(kubectl.run("auth", "whoami", "--token", token).err())
                .isEqualTo("error: You must be logged in to the server (Unauthorized)\n");
    }

    @Test
    void aTokenBoundToAPodEndsWithIt() throws IOException, InterruptedException {
        Kubectl kubectl = Kubectl.on(server.api(), home);
        kubectl.run("run", "p", "--image=nginx").ok();
        String token = kubectl.run("create", "token", "default", "--bound-object-kind=Pod", "--bound-object-name=p")
                .ok()
                .strip();

        assertThat(selfAs(token).code()).isEqualTo(201);
        assertThat(selfAs(token).body()).contains("\"authentication.kubernetes.io/pod-name\":[\"p\"]");
        kubectl.run("delete", "pod", "p", "--now").ok();

        assertThat(selfAs(token).code()).isEqualTo(401);
    }

    @Test
    void aTokenForAnotherAudienceIsNotForTheServer() throws InterruptedException {
        String token = token("default", "{\"audiences\":[\"vault\"]}");

        Answer direct = selfAs(token);
        Answer reviewed = review(token, "[\"vault\",\"x\"]");
        Answer refused = review(token, "[]");

        assertThat(direct.code()).isEqualTo(401);
        assertThat(reviewed.at("status.authenticated")).isEqualTo(true);
        assertThat(reviewed.at("status.audiences")).isEqualTo(List.of("vault"));
        assertThat(reviewed.at("status.user.username")).isEqualTo("system:serviceaccount:default:default");
        assertThat((String) refused.at("status.error"))
                .isEqualTo("[invalid bearer token, token audiences [\"vault\"] is invalid for the target audiences"
                        + " [\"https://kubernetes.default.svc.cluster.local\"]]");
        assertThat(review("", "[]").at("message")).isEqualTo("token is required for TokenReview in authentication");
    }

    private Answer review(String token, String audiences) throws InterruptedException {
        return server.post(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{\"spec\":{\"token\":\"" + token + "\",\"audiences\":" + audiences + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guess",
                "..",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                "eyJhbGciOiJFUzI1NiJ9.bm90IGpzb24.AAAA",
                "a b c",
                "%00.%FF.%0a"
            })
    void whatIsNoTokenIsUnauthorized(String token) throws InterruptedException {
        Answer answer = selfAs(token);

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}\n");
    }

    @Test
    void aGroupWithoutAUserIsNobody() throws InterruptedException {
        Answer answer = server.send(server.request("POST", SELF, "{}")
                .header("Content-Type", "application/json")
                .header("Impersonate-Group", "dev")
                .build());

        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("Internal Server Error: \"" + SELF
                        + "\": requested [{Group  dev    }] without impersonating a user\n");
    }

    @Test
    void attributesAreTakenFromHeaders() throws InterruptedException {
        Answer answer = server.send(server.request("POST", SELF, "{}")
                .header("Content-Type", "application/json")
                .header("Impersonate-User", "jane")
                .header("Impersonate-Extra-Acme.com%2Fproject", "one")
                .header("Impersonate-Extra-Acme.com%2Fproject", "two")
                .build());

        assertThat(answer.at("status.userInfo.extra"))
                .isEqualTo(java.util.Map.of("acme.com/project", List.of("one", "two")));
    }

    @Test
    void aServerThatDoesNotAskListensOnLoopbackOnly() throws IOException {
        ApiServerOptions open = ApiServerOptions.defaults().with(Authentication.NONE);
        try (ApiServer api = ApiServer.start(server.cluster(), open);
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(Config.fromKubeconfig(api.kubeconfig()))
                                .withOauthToken(null)
                                .build())
                        .build()) {
            assertThat(client.nodes().list().getItems()).hasSize(1);
        }
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);
        assertThatThrownBy(() -> new ApiServerOptions(everywhere, 0).with(Authentication.NONE))
                .hasMessage("a server that can be reached at 0.0.0.0 needs authentication: without it listen on"
                        + " loopback only");
    }
}
