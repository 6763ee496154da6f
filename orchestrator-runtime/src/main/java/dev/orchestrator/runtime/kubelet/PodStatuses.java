package dev.orchestrator.runtime.kubelet;

import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.HostIP;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.spi.SandboxState;

import static java.util.Objects.requireNonNullElse;

/** What a pod's status is to say. Reads no clock and changes nothing. */
final class PodStatuses {

    private PodStatuses() {}

    /**
     * {@return the status of a pod; equal to the one it has when nothing has changed}
     *
     * @param driver the name of the driver, the scheme of container ids
     * @param hostIp the address of the node; empty when it is not known
     */
    static PodStatus of(PodView view, String driver, String hostIp) {
        Pod pod = view.pod();
        PodStatus old = pod.status();
        boolean isOver = view.isEnding() && view.memory().stopped;
        var containers = new ContainerStatuses(view, driver);
        List<ContainerStatus> init = containers.init();
        List<ContainerStatus> main = containers.main();
        boolean isInitialized = isInitialized(view, main);
        if (isOver) {
            boolean isInitDone = init.isEmpty() || isInitialized;
            init = ContainerStatuses.ended(init, !isInitDone);
            main = isInitDone ? ContainerStatuses.ended(main, false) : main;
        }
        String phase = phase(view, init, main, isOver, isInitialized);
        var status = PodStatusBuilder.builder(old)
                .phase(phase)
                .initContainerStatuses(init)
                .containerStatuses(main)
                .ephemeralContainerStatuses(containers.ephemeral())
                .conditions(PodConditions.of(view, init, main, phase));
        if (pod.metadata().generation() > 0) {
            status.observedGeneration(pod.metadata().generation());
        }
        if (old.startTime() == null) {
            status.startTime(view.memory().startTime.truncatedTo(ChronoUnit.SECONDS));
        }
        if (old.qosClass() == null) {
            status.qosClass(QosClass.of(pod.spec()));
        }
        Verdict verdict = view.memory().verdict;
        if (verdict != null && verdict.reason() != null && PodPhases.FAILED.equals(phase)) {
            status.reason(verdict.reason()).message(verdict.message());
        }
        addAddresses(view, hostIp, status);
        return status.build();
    }

    private static boolean isInitialized(PodView view, List<ContainerStatus> main) {
        if (view.isInitialized()) {
            return true;
        }
        for (ContainerStatus status : main) {
            if (status.state().running() != null || status.state().terminated() != null) {
                return true;
            }
        }
        return false;
    }

    private static String phase(
            PodView view,
            List<ContainerStatus> init,
            List<ContainerStatus> main,
            boolean isOver,
            boolean isInitialized) {
        String old = requireNonNullElse(view.pod().status().phase(), PodPhases.PENDING);
        if (PodPhases.isTerminal(old)) {
            return old;
        }
        Verdict verdict = view.memory().verdict;
        if (isOver && verdict != null && verdict.failed()) {
            return PodPhases.FAILED;
        }
        String phase = PodPhases.of(view.pod(), init, main, isOver, isInitialized);
        if (isOver && !PodPhases.isTerminal(phase)) {
            return PodPhases.FAILED;
        }
        // A pod may still hold resources until its sandbox is stopped, so it must not be taken for finished before.
        return PodPhases.isTerminal(phase) && !isOver ? old : phase;
    }

    private static void addAddresses(PodView view, String hostIp, PodStatusBuilder status) {
        if (!hostIp.isEmpty()) {
            status.hostIP(hostIp).hostIPs(List.of(new HostIP(hostIp)));
        }
        SandboxState sandbox = view.observed().current();
        if (sandbox == null || !sandbox.ready()) {
            return;
        }
        List<String> ips = sandbox.ips().isEmpty() && view.pod().spec().hostNetwork() && !hostIp.isEmpty()
                ? List.of(hostIp)
                : sandbox.ips();
        if (!ips.isEmpty()) {
            status.podIP(ips.getFirst()).podIPs(ips.stream().map(PodIP::new).toList());
        }
    }
}
