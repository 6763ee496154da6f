package dev.orchestrator.server.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.runtime.access.Action;
import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.access.User;
import dev.orchestrator.server.http.Call;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/**
 * Whom a caller would like to be taken for, by the headers of its request.
 *
 * @param name the user; empty when none is named
 * @param uid the user's uid; empty when none is named
 * @param groups the groups
 * @param extra the other attributes
 */
record Impersonation(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    private static final String PREFIX = "impersonate-";
    private static final String EXTRA = "impersonate-extra-";
    private static final String VERB = "impersonate";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    /** {@return whom a caller would like to be taken for; null when it is content} */
    static @Nullable Impersonation of(Call call) {
        var groups = new ArrayList<String>();
        var extra = new TreeMap<String, List<String>>();
        boolean[] any = {false};
        call.eachHeader((header, value) -> {
            if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                return;
            }
            any[0] = true;
            String name = header.toLowerCase(Locale.ROOT);
            if (name.equals("impersonate-group")) {
                groups.add(value);
            } else if (name.startsWith(EXTRA)) {
                extra.computeIfAbsent(unescaped(name.substring(EXTRA.length())), missing -> new ArrayList<>())
                        .add(value);
            }
        });
        if (!any[0]) {
            return null;
        }
        var asked = new Impersonation(
                requireNonNullElse(call.header("Impersonate-User"), ""),
                requireNonNullElse(call.header("Impersonate-Uid"), ""),
                groups,
                extra);
        return asked.isEmpty() ? null : asked;
    }

    private boolean isEmpty() {
        return name.isEmpty() && uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    private static String unescaped(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return key;
        }
    }

    /** {@return why this can not be done; empty when it can} */
    Optional<String> complaint() {
        if (!name.isEmpty()) {
            return Optional.empty();
        }
        var requested = new ArrayList<String>();
        groups.forEach(group -> requested.add("{Group  " + group + "    }"));
        extra.forEach((key, values) -> values.forEach(
                value -> requested.add("{UserExtra  " + value + "  " + AUTHENTICATION + "/v1  " + key + "}")));
        if (!uid.isEmpty()) {
            requested.add("{UID  " + uid + "  " + AUTHENTICATION + "/v1  }");
        }
        return Optional.of("requested [" + String.join(" ", requested) + "] without impersonating a user");
    }

    /**
     * {@return whom the caller is taken for}
     *
     * @throws dev.orchestrator.api.ApiException with reason {@code FORBIDDEN} if it may not be
     */
    User by(User caller, Authorizer authorizer) {
        Optional<ObjectKey> account = User.account(name);
        authorizer.check(
                caller,
                account.map(key -> Action.on(VERB, "", "serviceaccounts", key.namespace(), key.name()))
                        .orElseGet(() -> Action.on(VERB, "", "users", "", name)));
        for (String group : groups) {
            authorizer.check(caller, Action.on(VERB, "", "groups", "", group));
        }
        for (var attribute : extra.entrySet()) {
            for (String value : attribute.getValue()) {
                authorizer.check(
                        caller, new Action(VERB, AUTHENTICATION, "userextras", attribute.getKey(), "", value, ""));
            }
        }
        if (!uid.isEmpty()) {
            authorizer.check(caller, Action.on(VERB, AUTHENTICATION, "uids", "", uid));
        }
        List<String> all = groups.isEmpty() ? account.map(User::accountGroups).orElse(List.of()) : groups;
        return new User(name, uid.isEmpty() ? null : uid, all, new LinkedHashMap<>(extra)).withImpliedGroup();
    }
}
