package dev.orchestrator.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.runtime.access.AccountTokens;
import dev.orchestrator.runtime.access.AccountTokens.RefusedTokenException;
import dev.orchestrator.runtime.access.User;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks: by the certificate that the client shows, by the administrator's token, or by the token of a
 * service account. Whoever shows nothing is anonymous; whoever shows something worthless is refused.
 */
public final class Authenticator {

    /** The administrator: whoever holds the kubeconfig of the server. */
    public static final User ADMINISTRATOR = User.authenticated("kubernetes-admin", List.of(User.MASTERS));

    /** Whoever asks a server that does not want to know. */
    private static final User UNSECURED = User.authenticated("system:unsecured", List.of(User.MASTERS));

    private static final String BEARER = "Bearer ";

    private final byte[] administratorsToken;
    private final ClientCertificates certificates;
    private final AccountTokens tokens;
    private final User nobody;

    /**
     * Trusts in one authority and one token.
     *
     * @param administratorsToken the secret of the administrator
     * @param certificates knows whose certificates are
     * @param tokens knows whose tokens of service accounts are
     * @param isRequired whether a client that shows nothing is anonymous, and not an administrator
     */
    public Authenticator(
            String administratorsToken, ClientCertificates certificates, AccountTokens tokens, boolean isRequired) {
        this.administratorsToken = administratorsToken.getBytes(StandardCharsets.UTF_8);
        this.certificates = certificates;
        this.tokens = tokens;
        this.nobody = isRequired ? User.ANONYMOUS : UNSECURED;
    }

    /**
     * {@return who asks}
     *
     * @throws dev.orchestrator.api.ApiException with reason {@code UNAUTHORIZED} if it shows nothing that is worth
     *     anything
     */
    public User whoAsks(Call call) {
        boolean showsCertificate = certificates.isShownBy(call);
        Optional<User> certified = showsCertificate ? certificates.user(call) : Optional.empty();
        if (certified.isPresent()) {
            return certified.get();
        }
        String token = bearer(call.header("Authorization"));
        if (token != null) {
            return ofToken(token);
        }
        if (showsCertificate) {
            throw Statuses.unauthorized();
        }
        return nobody;
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = authorization.substring(BEARER.length()).strip();
        return token.isEmpty() ? null : token;
    }

    private User ofToken(String token) {
        try {
            return verify(token, List.of(AccountTokens.ISSUER)).user();
        } catch (RefusedTokenException refused) {
            throw Statuses.unauthorized();
        }
    }

    /**
     * {@return what a token shows}
     *
     * @param audiences for whom it should be meant; one of them is enough
     * @throws RefusedTokenException if it shows nothing
     */
    public AccountTokens.Proof verify(String token, List<String> audiences) throws RefusedTokenException {
        boolean isAdministrators = MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), administratorsToken);
        return isAdministrators && audiences.contains(AccountTokens.ISSUER)
                ? new AccountTokens.Proof(ADMINISTRATOR, List.of(AccountTokens.ISSUER))
                : tokens.verify(token, audiences);
    }
}
