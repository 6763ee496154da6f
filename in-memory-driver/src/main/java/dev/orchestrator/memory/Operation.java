package dev.orchestrator.memory;

/** A call to the driver that {@link Faults} can let go wrong. */
public enum Operation {
    /** Making the sandbox of a pod. */
    RUN_SANDBOX,
    /** Stopping a sandbox. */
    STOP_SANDBOX,
    /** Removing a sandbox. */
    REMOVE_SANDBOX,
    /** Asking for one or all sandboxes. */
    LIST_SANDBOXES,
    /** Making a container. */
    CREATE_CONTAINER,
    /** Starting a container. */
    START_CONTAINER,
    /** Stopping a container. */
    STOP_CONTAINER,
    /** Giving a running container other resources. */
    UPDATE_CONTAINER,
    /** Removing a container. */
    REMOVE_CONTAINER,
    /** Asking for the state of a container. */
    INSPECT_CONTAINER,
    /** Executing a command. */
    EXEC,
    /** Attaching to a container. */
    ATTACH,
    /** Opening a log. */
    LOGS,
    /** Asking what a container uses. */
    STATS,
    /** Asking whether an image is present. */
    INSPECT_IMAGE,
    /** Bringing an image to a node. */
    PULL_IMAGE
}
