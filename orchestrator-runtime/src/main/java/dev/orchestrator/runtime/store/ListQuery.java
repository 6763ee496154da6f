package dev.orchestrator.runtime.store;

import java.util.Objects;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a type to list.
 *
 * @param namespace the namespace; null for all
 * @param labels the condition on labels
 * @param fields the condition on fields
 * @param limit how many at most; 0 for all
 * @param continueToken where the page before ended; null for the first page
 * @param resourceVersion the revision asked for; null for the newest
 * @param match what the revision means; null as Kubernetes' default
 */
public record ListQuery(
        @Nullable String namespace,
        Selector labels,
        FieldSelector fields,
        int limit,
        @Nullable String continueToken,
        @Nullable String resourceVersion,
        @Nullable VersionMatch match) {

    /** What the resource version of a list means. */
    public enum VersionMatch {
        /** The state at exactly that revision. */
        EXACT,
        /** Any state that is not older. */
        NOT_OLDER_THAN
    }

    private static final ListQuery EVERYTHING =
            new ListQuery(null, Selector.everything(), FieldSelector.everything(), 0, null, null, null);

    /** {@return the query for all objects of a type} */
    public static ListQuery everything() {
        return EVERYTHING;
    }

    /** {@return the query for all objects of a namespace} */
    public static ListQuery inNamespace(String namespace) {
        return EVERYTHING.namespace(namespace);
    }

    /** {@return this query in one namespace, or in all for null} */
    public ListQuery namespace(@Nullable String name) {
        return new ListQuery(name, labels, fields, limit, continueToken, resourceVersion, match);
    }

    /** {@return this query with a condition on labels} */
    public ListQuery labels(Selector selector) {
        return new ListQuery(namespace, selector, fields, limit, continueToken, resourceVersion, match);
    }

    /** {@return this query with a condition on fields} */
    public ListQuery fields(FieldSelector selector) {
        return new ListQuery(namespace, labels, selector, limit, continueToken, resourceVersion, match);
    }

    /** {@return this query for at most so many objects} */
    public ListQuery limit(int most) {
        return new ListQuery(namespace, labels, fields, most, continueToken, resourceVersion, match);
    }

    /** {@return this query for the page after the one that gave the token} */
    public ListQuery continueFrom(@Nullable String token) {
        return new ListQuery(namespace, labels, fields, limit, token, resourceVersion, match);
    }

    /** {@return this query at a revision} */
    public ListQuery at(@Nullable String version, @Nullable VersionMatch meaning) {
        return new ListQuery(namespace, labels, fields, limit, continueToken, version, meaning);
    }

    boolean selectsAll() {
        return labels.requirements().isEmpty() && fields.isEverything();
    }

    boolean matches(Resource object) {
        return (namespace == null || Objects.equals(namespace, object.metadata().namespaceOrEmpty()))
                && labels.matches(object.metadata().labels())
                && fields.matches(object);
    }
}
