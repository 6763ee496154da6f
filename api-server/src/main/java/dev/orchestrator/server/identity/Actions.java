package dev.orchestrator.server.identity;

import java.util.List;
import java.util.Locale;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.runtime.access.Action;
import dev.orchestrator.runtime.store.FieldSelector;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Target;

import static java.util.Objects.requireNonNullElse;

/** What a request would do, as rules name it. */
final class Actions {

    private Actions() {}

    static Action of(Call call) {
        List<String> path = call.segments();
        Target target = Target.parse(path);
        if (target == null) {
            return Action.onPath(call.method().toLowerCase(Locale.ROOT), call.path());
        }
        int slash = target.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : target.apiVersion().substring(0, slash);
        String name = requireNonNullElse(target.name(), "");
        boolean isNamespace = target.plural().equals("namespaces") && target.namespace() == null;
        String verb = verb(call, name.isEmpty());
        if (name.isEmpty() && !verb.equals("create")) {
            name = selectedName(call);
        }
        return new Action(
                verb,
                group,
                target.plural(),
                requireNonNullElse(target.subresource(), ""),
                isNamespace ? requireNonNullElse(target.name(), "") : requireNonNullElse(target.namespace(), ""),
                name,
                "");
    }

    private static String verb(Call call, boolean isAboutAll) {
        return switch (call.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> isAboutAll ? "deletecollection" : "delete";
            case "GET", "HEAD" -> !isAboutAll ? "get" : call.isSet("watch") ? "watch" : "list";
            default -> "";
        };
    }

    /** {@return the one name that a field selector asks for; empty when it asks for none} */
    private static String selectedName(Call call) {
        String text = call.parameterOrEmpty("fieldSelector");
        if (text.isEmpty()) {
            return "";
        }
        try {
            return FieldSelector.parse(text).name().orElse("");
        } catch (ApiException malformed) {
            return ""; // refused later, by whoever serves the list
        }
    }
}
