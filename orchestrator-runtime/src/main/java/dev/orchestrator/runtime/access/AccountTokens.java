package dev.orchestrator.runtime.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.ReviewTypes;
import dev.orchestrator.api.model.authentication.TokenRequest;
import dev.orchestrator.api.model.authentication.TokenRequestSpec;
import dev.orchestrator.api.model.authentication.TokenRequestStatus;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with which programs show that they act for a service account: JSON web tokens signed with a key that lives as
 * long as this object. A token is worth something as long as its account, and the object it is bound to, exist.
 */
public final class AccountTokens {

    /** Who issues the tokens, and whom they are meant for unless they say otherwise. */
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final long STANDARD_SECONDS = 3600;
    private static final long LEAST_SECONDS = 600;
    private static final long MOST_SECONDS = 1L << 32;
    /** How far clocks may be apart; Kubernetes grants the same. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private static final String PRIVATE_CLAIMS = "kubernetes.io";
    private static final String EXTRA = "authentication.kubernetes.io/";

    private final ObjectStore store;
    private final TimeSource time;
    private final WebTokens tokens = new WebTokens();

    /**
     * Issues tokens for the accounts in a store.
     *
     * @param time says when tokens end
     */
    public AccountTokens(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /**
     * {@return a request with the token that was asked for}
     *
     * @throws ApiException if the request makes no sense, or there is no such account or no such object to bind it to
     */
    public TokenRequest issue(ObjectKey key, TokenRequest asked) {
        ObjectMeta given = asked.metadata();
        requireSame(given.nameOrEmpty(), key.name(), key, "name");
        requireSame(given.namespaceOrEmpty(), key.namespace(), key, "namespace");
        ServiceAccount account = store.get(ResourceTypes.SERVICE_ACCOUNT, key);
        TokenRequestSpec spec = withDefaults(asked.spec());
        long seconds = Objects.requireNonNull(spec.expirationSeconds());
        checkDuration(seconds);
        var claims = new LinkedHashMap<String, Object>();
        claims.put("namespace", key.namespace());
        BoundObjects.describe(store, key, spec.boundObjectRef(), claims);
        claims.put(
                "serviceaccount",
                Map.of("name", key.name(), "uid", account.metadata().uidOrEmpty()));
        Instant now = Instant.ofEpochSecond(time.instant().getEpochSecond());
        Instant end = now.plusSeconds(seconds);
        var payload = new LinkedHashMap<String, Object>();
        payload.put("aud", List.copyOf(spec.audiences()));
        payload.put("exp", end.getEpochSecond());
        payload.put("iat", now.getEpochSecond());
        payload.put("iss", ISSUER);
        payload.put("jti", UUID.randomUUID().toString());
        payload.put(PRIVATE_CLAIMS, claims);
        payload.put("nbf", now.getEpochSecond());
        payload.put("sub", User.accountName(key));
        ObjectMeta metadata = ObjectMetaBuilder.builder(given)
                .name(key.name())
                .namespace(key.namespace())
                .creationTimestamp(now)
                .build();
        return new TokenRequest(metadata, spec, new TokenRequestStatus(end, tokens.sign(payload)));
    }

    private static void requireSame(String given, String expected, ObjectKey account, String field) {
        if (!given.isEmpty() && !given.equals(expected)) {
            throw invalid(
                    account.name(),
                    "metadata." + field,
                    "Invalid value: \"" + given + "\": must match the service account " + field + " if specified");
        }
    }

    private static TokenRequestSpec withDefaults(TokenRequestSpec spec) {
        Long seconds = spec.expirationSeconds();
        return new TokenRequestSpec(
                spec.audiences().isEmpty() ? List.of(ISSUER) : spec.audiences(),
                spec.boundObjectRef(),
                seconds == null ? STANDARD_SECONDS : seconds);
    }

    private static void checkDuration(long seconds) {
        if (seconds < LEAST_SECONDS) {
            throw invalid(
                    "",
                    "spec.expirationSeconds",
                    "Invalid value: " + seconds + ": may not specify a duration less than 10 minutes");
        }
        if (seconds > MOST_SECONDS) {
            throw invalid(
                    "",
                    "spec.expirationSeconds",
                    "Invalid value: " + seconds + ": may not specify a duration larger than 2^32 seconds");
        }
    }

    private static ApiException invalid(String name, String field, String message) {
        return ApiException.invalid(
                ReviewTypes.TOKEN_REQUEST, name, List.of(new StatusCause(field, message, "FieldValueInvalid")));
    }

    /** A token shows nothing; the message says why. */
    public static final class RefusedTokenException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedTokenException(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * What a token shows.
     *
     * @param user whose it is
     * @param audiences those of the audiences asked for that it is meant for
     */
    public record Proof(User user, List<String> audiences) {}

    /**
     * {@return what a token shows}
     *
     * @param audiences for whom it should be meant; one of them is enough
     * @throws RefusedTokenException if it is not one of ours, or is no longer worth anything
     */
    public Proof verify(String token, List<String> audiences) throws RefusedTokenException {
        Map<String, Object> payload = tokens.verified(token);
        if (!ISSUER.equals(payload.get("iss"))) {
            throw new RefusedTokenException("service account token has another issuer");
        }
        List<String> meantFor = audiencesOf(payload.get("aud"));
        List<String> common = audiences.stream().filter(meantFor::contains).toList();
        if (common.isEmpty()) {
            throw new RefusedTokenException("token audiences " + quoted(meantFor)
                    + " is invalid for the target audiences " + quoted(audiences));
        }
        Instant now = time.instant();
        if (now.minus(LEEWAY).isAfter(instant(payload, "exp"))) {
            throw new RefusedTokenException("service account token has expired");
        }
        if (now.plus(LEEWAY).isBefore(instant(payload, "nbf"))) {
            throw new RefusedTokenException("service account token is not valid yet");
        }
        if (!(payload.get(PRIVATE_CLAIMS) instanceof Map<?, ?> claims)) {
            throw new RefusedTokenException("service account token claims could not be validated");
        }
        return new Proof(user(payload, claims, now.minus(LEEWAY)), common);
    }

    private User user(Map<String, Object> payload, Map<?, ?> claims, Instant longAgo) throws RefusedTokenException {
        Map<?, ?> reference = claims.get("serviceaccount") instanceof Map<?, ?> named ? named : Map.of();
        var key = new ObjectKey(String.valueOf(claims.get("namespace")), String.valueOf(reference.get("name")));
        ObjectMeta account = BoundObjects.alive(store, ResourceTypes.SERVICE_ACCOUNT, key, longAgo)
                .orElseThrow(() -> new RefusedTokenException(
                        "service account " + key.namespace() + "/" + key.name() + " has been deleted"));
        String uid = account.uidOrEmpty();
        if (!uid.equals(reference.get("uid"))) {
            throw new RefusedTokenException(
                    "service account UID (" + uid + ") does not match claim (" + reference.get("uid") + ")");
        }
        var extra = new LinkedHashMap<String, List<String>>();
        BoundObjects.check(
                store, key.namespace(), claims, longAgo, (name, value) -> extra.put(EXTRA + name, List.of(value)));
        if (payload.get("jti") instanceof String id) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + id));
        }
        return User.ofAccount(key, uid, extra);
    }

    private static String quoted(List<String> texts) {
        return GoText.list(texts.stream().map(GoText::quote).toList());
    }

    private static List<String> audiencesOf(@Nullable Object claim) {
        var audiences = new ArrayList<String>();
        if (claim instanceof String one) {
            audiences.add(one);
        } else if (claim instanceof List<?> several) {
            several.forEach(each -> audiences.add(String.valueOf(each)));
        }
        return audiences;
    }

    private static Instant instant(Map<String, Object> payload, String claim) throws RefusedTokenException {
        if (payload.get(claim) instanceof Long seconds && Math.abs(seconds) < Instant.MAX.getEpochSecond()) {
            return Instant.ofEpochSecond(seconds);
        }
        throw new RefusedTokenException("service account token claims could not be validated");
    }
}
