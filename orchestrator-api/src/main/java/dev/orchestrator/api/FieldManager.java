package dev.orchestrator.api;

import static java.util.Objects.requireNonNull;

/**
 * Who applies a configuration by server-side apply: it owns the fields it applies, removes those that it applies no
 * more, and may not change what others own.
 *
 * <pre>{@code
 * cluster.deployments().apply(web, FieldManager.named("ci"));
 * cluster.deployments().apply(web, FieldManager.named("ci").forced());
 * }</pre>
 *
 * @param name what it is called in the managed fields of objects
 * @param force whether it takes over what others own
 */
public record FieldManager(String name, boolean force) {

    /** Refuses a name that is missing or empty. */
    public FieldManager {
        if (requireNonNull(name, "name is null").isEmpty()) {
            throw new IllegalArgumentException("the name of a field manager is empty");
        }
    }

    /** {@return who applies under a name, and leaves alone what others own} */
    public static FieldManager named(String name) {
        return new FieldManager(name, false);
    }

    /** {@return the same one, taking over what others own} */
    public FieldManager forced() {
        return new FieldManager(name, true);
    }
}
