package dev.orchestrator.runtime.kubelet.volume;

import dev.orchestrator.runtime.kubelet.env.UnresolvedException;
import org.jspecify.annotations.Nullable;

/** A volume can not be made ready now. */
public final class VolumeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable UnresolvedException unresolved;

    VolumeException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.unresolved = cause instanceof UnresolvedException missing ? missing : null;
    }

    /** {@return the object that lacks; null when it is not about an object} */
    public @Nullable UnresolvedException unresolved() {
        return unresolved;
    }
}
