package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.runtime.kubelet.probe.ProbeKind;
import dev.orchestrator.spi.SandboxState;

/** Something that the worker of a pod is told. */
sealed interface Message {

    /** The pod is to be looked at: its object or its time has changed, or the driver has told of it. */
    record Look() implements Message {}

    /** An object that a container waits for has appeared. */
    record ObjectAppeared() implements Message {}

    /** The current step has ended. */
    record StepEnded(Operation operation, Step step, Outcome outcome) implements Message {}

    /** A sandbox has come into being that nobody waits for any more. */
    record LateSandbox(SandboxState sandbox) implements Message {}

    /** The present step takes long. */
    record StepSlow(Operation operation) implements Message {}

    /** The driver has been asked what it has of the pod. */
    record Inspected(Operation operation, Outcome outcome) implements Message {}

    /** A preStop hook or a stop has ended. */
    record HaltEnded(Halt halt, Outcome outcome) implements Message {}

    /** A probe has found out how a container is. */
    record Probed(String container, int attempt, ProbeKind kind, boolean success) implements Message {}

    /** All sandboxes were listed; these are the pod's. */
    record Listed(long sequence, List<SandboxState> sandboxes) implements Message {}

    /** It takes more of its node than it may. */
    record Evicted(String why) implements Message {}

    Look LOOK = new Look();
}
