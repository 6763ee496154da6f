package dev.orchestrator.runtime.kubelet.env;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** The environment of a container refers to something that is not there. */
public final class UnresolvedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ResourceType<?> type;
    private final transient @Nullable ObjectKey key;
    private final @Nullable String resourceVersion;

    /** Says what is wrong where no object lacks. */
    public UnresolvedException(String message) {
        this(message, null, null, null);
    }

    /** Says what lacks of which object; the version is null when there is no such object. */
    public UnresolvedException(
            String message, @Nullable ResourceType<?> type, @Nullable ObjectKey key, @Nullable String resourceVersion) {
        super(message);
        this.type = type;
        this.key = key;
        this.resourceVersion = resourceVersion;
    }

    /** {@return the type of the object that lacks; null when it is not about an object} */
    public @Nullable ResourceType<?> type() {
        return type;
    }

    /** {@return the key of the object that lacks; null when it is not about an object} */
    public @Nullable ObjectKey key() {
        return key;
    }

    /** {@return the version of the object that was looked at; null when there is none} */
    public @Nullable String resourceVersion() {
        return resourceVersion;
    }
}
