package dev.orchestrator.runtime.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.spi.ImagePull.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** The logins of a pod's image pull secrets reach the driver with the pull. */
class PullSecretsTest {

    private static final String MISSING = "FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets"
            + " (%names%); attempting to pull the image may not succeed.";

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
        node.driver.image("app:1").missing();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void secret(String name, String type, String key, String content) throws InterruptedException {
        node.add(SecretBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace(TestNode.NAMESPACE)
                        .build())
                .type(type)
                .data(Map.of(key, Bytes.of(content.getBytes(StandardCharsets.UTF_8))))
                .build());
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private List<Credential> pulledWith(String... secrets) throws InterruptedException {
        node.create(
                "web",
                spec -> spec.imagePullSecrets(List.of(secrets).stream()
                                .map(LocalObjectReference::new)
                                .toList())
                        .containers(List.of(container("app"))));
        assertThat(node.driver.pulls()).hasSize(1);
        assertThat(node.pod("web").isReady()).isTrue();
        return node.driver.pulls().getFirst().credentials();
    }

    @Test
    void aDockerConfigHoldsLoginsUnderAuths() throws InterruptedException {
        secret("registry", "kubernetes.io/dockerconfigjson", ".dockerconfigjson", """
                {"credsStore": "desktop", "auths": {
                  "registry.example.com:5000": {"auth": "%s", "email": "ann@example.com"},
                  "other.example.com": {"username": "bob", "password": "s:cret"}}}
                """.replace(
                        "%s", basic("ann", "pass:word")));

        assertThat(pulledWith("registry"))
                .containsExactly(
                        new Credential("registry.example.com:5000", "ann", "pass:word"),
                        new Credential("other.example.com", "bob", "s:cret"));
        assertThat(node.events).noneMatch(event -> event.startsWith("FailedToRetrieve"));
    }

    @Test
    void theOldFormatHoldsThemAtOnce() throws InterruptedException {
        secret(
                "old",
                "kubernetes.io/dockercfg",
                ".dockercfg",
                "{\"https://index.docker.io/v1/\": {\"auth\": \"" + basic("ann", "secret") + "\"}}");

        assertThat(pulledWith("old")).containsExactly(new Credential("https://index.docker.io/v1/", "ann", "secret"));
    }

    @Test
    void allSecretsCountInTheirOrder() throws InterruptedException {
        secret("one", "kubernetes.io/dockercfg", ".dockercfg", "{\"a\": {\"auth\": \"" + basic("1", "x") + "\"}}");
        secret("two", "kubernetes.io/dockercfg", ".dockercfg", "{\"a\": {\"auth\": \"" + basic("2", "y") + "\"}}");

        assertThat(pulledWith("two", "one"))
                .containsExactly(new Credential("a", "2", "y"), new Credential("a", "1", "x"));
    }

    @Test
    void aSecretThatIsMissingIsReportedAndThePullIsTriedWithTheOthers() throws InterruptedException {
        secret("one", "kubernetes.io/dockercfg", ".dockercfg", "{\"a\": {\"auth\": \"" + basic("1", "x") + "\"}}");

        assertThat(pulledWith("none", "one", "nothing")).containsExactly(new Credential("a", "1", "x"));
        assertThat(node.events).contains(MISSING.replace("%names%", "none, nothing"));
    }

    @Test
    void whatIsNoLoginIsLeftOut() throws InterruptedException {
        secret(
                "broken",
                "kubernetes.io/dockerconfigjson",
                ".dockerconfigjson",
                "{\"auths\": {\"a\": {\"auth\": \"?\"}");
        secret("opaque", "Opaque", "password", "x");

        assertThat(pulledWith("broken", "opaque")).isEmpty();
    }
}
