package dev.orchestrator.runtime.access;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.rbac.PolicyRule;
import org.jspecify.annotations.Nullable;

/** Lets everybody do everything. */
final class AlwaysAllow implements Authorizer {

    static final AlwaysAllow INSTANCE = new AlwaysAllow();

    private static final List<String> ALL = List.of("*");
    private static final Rules EVERYTHING = new Rules(
            List.of(
                    new PolicyRule(ALL, List.of(), List.of(), ALL, ALL),
                    new PolicyRule(List.of(), ALL, List.of(), List.of(), ALL)),
            "");

    private AlwaysAllow() {}

    @Override
    public Decision decide(User user, Action action) {
        return Decision.ALLOWED;
    }

    @Override
    public Rules rulesOf(User user, String namespace) {
        return EVERYTHING;
    }

    @Override
    public void checkGrant(User user, @Nullable Resource old, Resource updated) {
        // Whoever may do everything grants nothing new.
    }
}
