package dev.orchestrator.docker;

/** The labels on what the driver makes; those that a kubelet sets over dockershim carry the kubelet's names. */
final class Labels {

    /** Which driver made it: its instance, unique for ever. */
    static final String INSTANCE = "dev.orchestrator.instance";

    /** Which orchestrator that was, by name. */
    static final String ORCHESTRATOR = "dev.orchestrator.name";

    /** The process that owns it, as {@link Owner#text()} writes it. */
    static final String OWNER = "dev.orchestrator.owner";

    /** On what belongs to a state: the file that is there as long as the state is, as {@link Keep} writes it. */
    static final String KEEP = "dev.orchestrator.keep";

    /** What it is: {@link #SANDBOX}, {@link #CONTAINER}, {@link #GATEWAY}. */
    static final String KIND = "dev.orchestrator.kind";

    static final String SANDBOX = "sandbox";
    static final String CONTAINER = "container";
    static final String GATEWAY = "gateway";

    /** The sandbox that a container is in. */
    static final String SANDBOX_ID = "dev.orchestrator.sandbox";

    /** How many of its kind there were before. */
    static final String ATTEMPT = "dev.orchestrator.attempt";

    /** On a sandbox: {@code true} if its containers see one another's processes. */
    static final String SHARES_PROCESSES = "dev.orchestrator.shares-processes";

    /** On a sandbox: the supplemental groups of its containers, with commas between. */
    static final String GROUPS = "dev.orchestrator.groups";

    /** The image of a container as its pod names it; engines have other names for it. */
    static final String IMAGE = "dev.orchestrator.image";

    /** Where the container writes its termination message, inside it. */
    static final String MESSAGE_PATH = "dev.orchestrator.termination-message-path";

    /** The file of the host that is mounted there. */
    static final String MESSAGE_FILE = "dev.orchestrator.termination-message-file";

    static final String POD_NAME = "io.kubernetes.pod.name";
    static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    static final String POD_UID = "io.kubernetes.pod.uid";
    static final String CONTAINER_NAME = "io.kubernetes.container.name";

    private Labels() {}
}
