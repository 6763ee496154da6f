package dev.orchestrator.docker;

import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.SandboxSpec;

/**
 * The names of containers, those that a kubelet gave them over dockershim. The engine lets a name be taken once: who
 * makes the same thing a second time is told that it exists.
 */
final class Names {

    private Names() {}

    static String sandbox(SandboxSpec spec) {
        return name("POD", spec.podName(), spec.namespace(), spec.podUid(), Integer.toString(spec.attempt()));
    }

    static String container(Inspected sandbox, ContainerSpec spec) {
        // The attempt of the sandbox belongs to it: a pod's second sandbox counts its containers anew.
        return name(
                spec.name(),
                sandbox.label(Labels.POD_NAME),
                sandbox.label(Labels.POD_NAMESPACE),
                sandbox.label(Labels.POD_UID),
                sandbox.attempt() + "-" + spec.attempt());
    }

    private static String name(String container, String pod, String namespace, String uid, String attempt) {
        return String.join("_", "k8s", container, pod, namespace, uid, attempt);
    }
}
