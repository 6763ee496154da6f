package dev.orchestrator.runtime.admission.pod;

import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** Turns the priority class of a pod, or the default one, into a number. */
final class Priorities extends PodPlugin {

    private static final String PREEMPT = "PreemptLowerPriority";
    private static final Map<String, Integer> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    private record Priority(String className, int value, String preemptionPolicy) {

        static final Priority NONE = new Priority("", 0, PREEMPT);

        static Priority of(PriorityClass priorityClass) {
            return new Priority(
                    priorityClass.metadata().nameOrEmpty(),
                    (int) Zero.number(priorityClass.value()),
                    Zero.isEmpty(priorityClass.preemptionPolicy())
                            ? PREEMPT
                            : Zero.text(priorityClass.preemptionPolicy()));
        }
    }

    private final StoredObjects objects;
    private final SpecMemo<PodSpec, Priority, PodSpec> recent = new SpecMemo<>();

    Priorities(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    PodSpec specOfCreated(Pod pod, AdmissionReview review) {
        PodSpec spec = pod.spec();
        Priority priority = priorityOf(Zero.text(spec.priorityClassName()), review);
        PodSpec known = recent.find(spec, priority);
        if (known != null) {
            return known;
        }
        refuseAnother(spec, priority, review);
        String className = priority.className().isEmpty() ? spec.priorityClassName() : priority.className();
        boolean isSet = Objects.equals(className, spec.priorityClassName())
                && Objects.equals(priority.value(), spec.priority())
                && Objects.equals(priority.preemptionPolicy(), spec.preemptionPolicy());
        PodSpec result = isSet
                ? spec
                : PodSpecBuilder.builder(spec)
                        .priorityClassName(className)
                        .priority(priority.value())
                        .preemptionPolicy(priority.preemptionPolicy())
                        .build();
        recent.remember(spec, priority, result);
        return result;
    }

    private Priority priorityOf(String name, AdmissionReview review) {
        if (name.isEmpty()) {
            return defaultPriority();
        }
        return objects.find(ResourceTypes.PRIORITY_CLASS, ObjectKey.cluster(name))
                .map(Priority::of)
                .or(() -> java.util.Optional.ofNullable(SYSTEM.get(name))
                        .map(value -> new Priority(name, value, PREEMPT)))
                .orElseThrow(() -> review.denied("no PriorityClass with name " + name + " was found"));
    }

    /** Of several default classes that with the lowest value counts. */
    private Priority defaultPriority() {
        PriorityClass lowest = null;
        for (PriorityClass each : objects.list(ResourceTypes.PRIORITY_CLASS)) {
            if (each.globalDefault() && (lowest == null || Zero.number(each.value()) < Zero.number(lowest.value()))) {
                lowest = each;
            }
        }
        return lowest == null ? Priority.NONE : Priority.of(lowest);
    }

    private static void refuseAnother(PodSpec spec, Priority priority, AdmissionReview review) {
        Integer given = spec.priority();
        if (given != null && given != priority.value()) {
            throw review.denied("the integer value of priority (" + given
                    + ") must not be provided in pod spec; priority admission controller computed " + priority.value()
                    + " from the given PriorityClass name");
        }
        String policy = spec.preemptionPolicy();
        if (policy != null && !policy.equals(priority.preemptionPolicy())) {
            throw review.denied("the string value of PreemptionPolicy (" + policy
                    + ") must not be provided in pod spec; priority admission controller computed "
                    + priority.preemptionPolicy() + " from the given PriorityClass name");
        }
    }

    @Override
    PodSpec specOfUpdated(Pod old, Pod updated, AdmissionReview review) {
        PodSpec spec = updated.spec();
        boolean complete = (spec.priority() != null || old.spec().priority() == null)
                && (spec.preemptionPolicy() != null || old.spec().preemptionPolicy() == null);
        if (complete) {
            return spec;
        }
        return PodSpecBuilder.builder(spec)
                .priority(spec.priority() == null ? old.spec().priority() : spec.priority())
                .preemptionPolicy(
                        spec.preemptionPolicy() == null ? old.spec().preemptionPolicy() : spec.preemptionPolicy())
                .build();
    }
}
