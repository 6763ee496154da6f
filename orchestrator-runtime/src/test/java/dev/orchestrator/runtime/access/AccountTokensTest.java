package dev.orchestrator.runtime.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.authentication.BoundObjectReference;
import dev.orchestrator.api.model.authentication.TokenRequest;
import dev.orchestrator.api.model.authentication.TokenRequestSpec;
import dev.orchestrator.api.model.authentication.TokenRequestStatus;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.access.AccountTokens.RefusedTokenException;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccountTokensTest {

    private static final WriteRequest TEST = WriteRequest.by("test");
    private static final ObjectKey BUILDER = new ObjectKey("shop", "builder");
    private static final List<String> SERVER = List.of(AccountTokens.ISSUER);

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store = new ObjectStore(clock, new AdmitsEverything(), StoreOptions.defaults());
    private final AccountTokens tokens = new AccountTokens(store, clock);

    @BeforeEach
    void createTheAccount() {
        store.create(ServiceAccountBuilder.builder().metadata(named("builder")).build(), TEST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).namespace("shop").build();
    }

    private String uid(ResourceType<?> type, ObjectKey key) {
        return store.get(type, key).metadata().uidOrEmpty();
    }

    private static TokenRequest asking(
            @Nullable Long seconds, @Nullable BoundObjectReference bound, String... audiences) {
        return new TokenRequest(
                ObjectMeta.EMPTY, new TokenRequestSpec(List.of(audiences), bound, seconds), TokenRequestStatus.EMPTY);
    }

    private String token(@Nullable BoundObjectReference bound) {
        return String.valueOf(
                tokens.issue(BUILDER, asking(null, bound)).status().token());
    }

    private <R extends Resource> void delete(ResourceType<R> type, String name) {
        store.delete(
                type,
                new ObjectKey("shop", name),
                DeleteOptionsBuilder.builder().gracePeriodSeconds(0L).build(),
                TEST);
    }

    @Test
    void aTokenShowsItsAccount() throws RefusedTokenException {
        TokenRequest issued = tokens.issue(BUILDER, asking(null, null));

        AccountTokens.Proof proof = tokens.verify(String.valueOf(issued.status().token()), SERVER);

        assertThat(issued.spec().expirationSeconds()).isEqualTo(3600);
        assertThat(issued.status().expirationTimestamp()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(issued.metadata().name()).isEqualTo("builder");
        assertThat(proof.user().name()).isEqualTo("system:serviceaccount:shop:builder");
        assertThat(proof.user().uid()).isEqualTo(uid(ResourceTypes.SERVICE_ACCOUNT, BUILDER));
        assertThat(proof.user().groups())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated");
        assertThat(proof.user().extra()).containsOnlyKeys("authentication.kubernetes.io/credential-id");
    }

    @Test
    void aTokenEndsByTheClock() throws RefusedTokenException, InterruptedException {
        String token = String.valueOf(
                tokens.issue(BUILDER, asking(600L, null)).status().token());

        clock.advance(Duration.ofSeconds(659));
        assertThat(tokens.verify(token, SERVER).user().name()).endsWith("builder");
        clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> tokens.verify(token, SERVER)).hasMessage("service account token has expired");
    }

    @Test
    void aTokenEndsWithItsAccount() {
        String token = token(null);

        delete(ResourceTypes.SERVICE_ACCOUNT, "builder");
        assertThatThrownBy(() -> tokens.verify(token, SERVER))
                .hasMessage("service account shop/builder has been deleted");
        createTheAccount();

        assertThatThrownBy(() -> tokens.verify(token, SERVER)).hasMessageContaining("does not match claim");
    }

    @Test
    void aTokenEndsWithThePodItIsBoundTo() throws RefusedTokenException {
        store.create(
                NodeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("n1").build())
                        .build(),
                TEST);
        store.create(
                PodBuilder.builder()
                        .metadata(named("p"))
                        .spec(PodSpecBuilder.builder()
                                .serviceAccountName("builder")
                                .nodeName("n1")
                                .build())
                        .build(),
                TEST);
        String token = token(new BoundObjectReference("v1", "Pod", "p", null));

        assertThat(tokens.verify(token, SERVER).user().extra())
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("p"))
                .containsEntry(
                        "authentication.kubernetes.io/pod-uid",
                        List.of(uid(ResourceTypes.POD, new ObjectKey("shop", "p"))))
                .containsEntry("authentication.kubernetes.io/node-name", List.of("n1"));
        delete(ResourceTypes.POD, "p");

        assertThatThrownBy(() -> tokens.verify(token, SERVER)).hasMessage("service account token has been invalidated");
    }

    @Test
    void aTokenEndsWithTheSecretItIsBoundTo() throws RefusedTokenException {
        store.create(SecretBuilder.builder().metadata(named("s")).build(), TEST);
        String token = token(new BoundObjectReference("v1", "Secret", "s", null));

        assertThat(tokens.verify(token, SERVER).user().name()).endsWith("builder");
        delete(ResourceTypes.SECRET, "s");

        assertThatThrownBy(() -> tokens.verify(token, SERVER)).hasMessage("service account token has been invalidated");
    }

    @Test
    void aTokenIsForItsAudience() throws RefusedTokenException {
        String token = String.valueOf(tokens.issue(BUILDER, asking(null, null, "vault", "registry"))
                .status()
                .token());

        assertThat(tokens.verify(token, List.of("registry", "other")).audiences())
                .containsExactly("registry");
        assertThatThrownBy(() -> tokens.verify(token, SERVER))
                .hasMessage("token audiences [\"vault\" \"registry\"] is invalid for the target audiences"
                        + " [\"https://kubernetes.default.svc.cluster.local\"]");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> tokens.issue(BUILDER, asking(599L, null)))
                .hasMessage("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value:"
                        + " 599: may not specify a duration less than 10 minutes");
        assertThatThrownBy(() -> tokens.issue(BUILDER, asking((1L << 32) + 1, null)))
                .hasMessageContaining("may not specify a duration larger than 2^32 seconds");
        assertThatThrownBy(() -> tokens.issue(new ObjectKey("shop", "nobody"), asking(null, null)))
                .hasMessage("serviceaccounts \"nobody\" not found");
        assertThatThrownBy(() -> token(new BoundObjectReference("v1", "Pod", "gone", null)))
                .hasMessage("pods \"gone\" not found");
        assertThatThrownBy(() -> token(new BoundObjectReference("apps/v1", "Deployment", "d", null)))
                .hasMessage("cannot bind token to object of type apps/v1, Kind=Deployment");
        assertThatThrownBy(() -> tokens.issue(
                        BUILDER, new TokenRequest(named("other"), TokenRequestSpec.EMPTY, TokenRequestStatus.EMPTY)))
                .hasMessage("TokenRequest.authentication.k8s.io \"builder\" is invalid: metadata.name: Invalid value:"
                        + " \"other\": must match the service account name if specified");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30", "\u0000.\u00e9.x", "W10.W10.W10"})
    void whatIsNoTokenIsRefused(String text) {
        assertThatThrownBy(() -> tokens.verify(text, SERVER)).isInstanceOf(RefusedTokenException.class);
    }

    @Test
    void onlyOurOwnSignatureCounts() {
        String[] own = token(null).split("\\.", -1);
        String another = String.valueOf(new AccountTokens(store, clock)
                .issue(BUILDER, asking(null, null))
                .status()
                .token());
        String header = new String(Base64.getUrlDecoder().decode(own[0]), StandardCharsets.UTF_8);

        for (String forged : List.of(
                another,
                own[0] + "." + own[1] + ".",
                part("{\"alg\":\"none\"}") + "." + own[1] + ".",
                part(header.replace("ES256", "none")) + "." + own[1] + "." + own[2],
                part(header.replace("ES256", "HS256")) + "." + own[1] + "." + own[2],
                own[0] + "." + part("{\"sub\":\"admin\"}") + "." + own[2],
                own[0] + "." + own[1] + "." + "A".repeat(86))) {
            assertThatThrownBy(() -> tokens.verify(forged, SERVER))
                    .as(forged)
                    .isInstanceOf(RefusedTokenException.class);
        }
    }

    @Test
    void aTokenWithAnyOtherCharacterIsRefused() {
        var random = new Random(20260101);
        String token = token(null);
        int last = token.length() - 2; // the last character carries two bits that nobody reads
        for (int i = 0; i < 500; i++) {
            int at = random.nextInt(last);
            char other = "ABCxyz019-_.{\u00ff".charAt(random.nextInt(14));
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            if (!changed.equals(token)) {
                assertThatThrownBy(() -> tokens.verify(changed, SERVER))
                        .as("character %s: %s", at, other)
                        .isInstanceOf(RefusedTokenException.class);
            }
        }
    }
}
