package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.authentication.UserInfo;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name the name; empty when only groups are known
 * @param uid what tells the user from all that had or will have the name; null when that is not known
 * @param groups the groups, with those that everybody is in
 * @param extra whatever else is known
 */
public record User(String name, @Nullable String uid, List<String> groups, Map<String, List<String>> extra) {

    /** The group of those who may do everything. */
    public static final String MASTERS = "system:masters";

    /** The group of all who have shown who they are. */
    public static final String AUTHENTICATED = "system:authenticated";

    /** The group of all who have not. */
    public static final String UNAUTHENTICATED = "system:unauthenticated";

    private static final String ANONYMOUS_NAME = "system:anonymous";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";
    private static final String ACCOUNTS = "system:serviceaccounts";

    /** Whoever has shown nothing. */
    public static final User ANONYMOUS = new User(ANONYMOUS_NAME, null, List.of(UNAUTHENTICATED), Map.of());

    /** Copies the collections. */
    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** {@return somebody who has shown who it is, with the groups that this was said to include} */
    public static User authenticated(String name, List<String> groups) {
        return new User(name, null, groups, Map.of()).withImpliedGroup();
    }

    /** {@return a service account} */
    static User ofAccount(ObjectKey account, String uid, Map<String, List<String>> extra) {
        return new User(accountName(account), uid, accountGroups(account), extra).withImpliedGroup();
    }

    /** {@return the name that a service account has as a user} */
    public static String accountName(ObjectKey account) {
        return ACCOUNT_PREFIX + account.namespace() + ":" + account.name();
    }

    /** {@return the groups that a service account is in by its place} */
    public static List<String> accountGroups(ObjectKey account) {
        return List.of(ACCOUNTS, ACCOUNTS + ":" + account.namespace());
    }

    /** {@return the service account that has a name as a user, if it is one of a service account} */
    public static Optional<ObjectKey> account(String name) {
        if (!name.startsWith(ACCOUNT_PREFIX)) {
            return Optional.empty();
        }
        String[] parts = name.substring(ACCOUNT_PREFIX.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(new ObjectKey(parts[0], parts[1]))
                : Optional.empty();
    }

    /** {@return this user in the group of all who are known, or are not, unless one of them is among the groups} */
    public User withImpliedGroup() {
        if (groups.contains(AUTHENTICATED) || groups.contains(UNAUTHENTICATED)) {
            return this;
        }
        var all = new ArrayList<>(groups);
        all.add(name.equals(ANONYMOUS_NAME) ? UNAUTHENTICATED : AUTHENTICATED);
        return new User(name, uid, all, extra);
    }

    /** {@return whether this user may do everything, whatever the roles say} */
    public boolean isMaster() {
        return groups.contains(MASTERS);
    }

    /** {@return the user as reviews show it} */
    public UserInfo info() {
        return new UserInfo(extra, groups, uid, name);
    }
}
