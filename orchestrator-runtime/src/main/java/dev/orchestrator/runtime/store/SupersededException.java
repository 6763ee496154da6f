package dev.orchestrator.runtime.store;

/**
 * Refuses a write whose {@link Basis} has changed since it was decided on. Nothing was stored; who decided is told of
 * the change by a watch, and decides anew.
 */
public final class SupersededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SupersededException(Basis basis) {
        super(basis.type().kind() + " " + basis.key() + " is no longer at generation " + basis.generation());
    }
}
