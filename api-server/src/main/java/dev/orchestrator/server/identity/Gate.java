package dev.orchestrator.server.identity;

import java.util.Optional;
import java.util.Set;

import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.access.User;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;

/** Lets requests in: finds out who asks, whom it would like to be taken for, and whether that one may do it. */
public final class Gate {

    /** Whether the server is well, everybody may know. */
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    private static final Set<String> OPEN_TO_ALL = Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final boolean knowsStrangers;

    /**
     * Asks those who know.
     *
     * @param knowsStrangers whether the authorizer decides what anonymous callers may do; if not, they may learn no
     *     more than how the server is
     */
    public Gate(Authenticator authenticator, Authorizer authorizer, boolean knowsStrangers) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.knowsStrangers = knowsStrangers;
    }

    /**
     * Lets a request in, and notes in it who asks.
     *
     * @return why it is answered with a plain error instead; empty when it is let in
     * @throws dev.orchestrator.api.ApiException if nobody knows who asks, or who asks may not do it
     */
    public Optional<String> enter(Call call) {
        User caller = authenticator.whoAsks(call);
        if (caller.equals(User.ANONYMOUS) && !knowsStrangers && !OPEN_TO_ALL.contains(call.path())) {
            throw Statuses.unauthorized();
        }
        Impersonation wish = Impersonation.of(call);
        if (wish != null) {
            Optional<String> complaint = wish.complaint();
            if (complaint.isPresent()) {
                return complaint;
            }
            caller = wish.by(caller, authorizer);
        }
        call.isBy(caller);
        if (!HEALTH.contains(call.path())) {
            authorizer.check(caller, Actions.of(call));
        }
        return Optional.empty();
    }
}
