package dev.orchestrator.api.model.authentication;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Who somebody is: a name, groups and whatever else is known. */
@Model
public record UserInfo(
        Map<String, List<String>> extra,
        List<String> groups,
        @Nullable String uid,
        @Nullable String username) {

    /** With nothing set. */
    public static final UserInfo EMPTY = UserInfoBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public UserInfo {
        extra = Immutables.map(extra);
        groups = Immutables.list(groups);
    }
}
