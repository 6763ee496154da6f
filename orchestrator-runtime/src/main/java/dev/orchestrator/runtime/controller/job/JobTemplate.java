package dev.orchestrator.runtime.controller.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.controller.job.JobPlan.NewPod;

/** What the pods of a job are made from. */
final class JobTemplate {

    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";
    /** A generated name has five characters more, and 63 at most. */
    private static final int LONGEST_PREFIX = 58;

    private final Job job;
    private final ObjectMeta metadata;
    private final PodSpec spec;

    private JobTemplate(Job job, ObjectMeta metadata, PodSpec spec) {
        this.job = job;
        this.metadata = metadata;
        this.spec = spec;
    }

    static JobTemplate of(Job job) {
        PodTemplateSpec template = job.spec().template();
        var finalizers = new ArrayList<>(template.metadata().finalizers());
        if (!finalizers.contains(Tracking.FINALIZER)) {
            finalizers.add(Tracking.FINALIZER);
        }
        ObjectMeta metadata = ObjectMetaBuilder.builder()
                .generateName(job.metadata().nameOrEmpty() + "-")
                .namespace(job.metadata().namespace())
                .labels(template.metadata().labels())
                .annotations(template.metadata().annotations())
                .finalizers(finalizers)
                .ownerReferences(List.of(reference(job)))
                .build();
        return new JobTemplate(job, metadata, job.isIndexed() ? withIndex(template.spec()) : template.spec());
    }

    static OwnerReference reference(Job job) {
        return new OwnerReference(
                job.resourceType().apiVersion(),
                true,
                true,
                job.resourceType().kind(),
                job.metadata().nameOrEmpty(),
                job.metadata().uidOrEmpty());
    }

    Pod pod(NewPod pod) {
        if (pod.index() == Tracking.UNKNOWN) {
            return PodBuilder.builder().metadata(metadata).spec(spec).build();
        }
        String index = Integer.toString(pod.index());
        var labels = new HashMap<>(metadata.labels());
        labels.put(Tracking.INDEX, index);
        var annotations = new HashMap<>(metadata.annotations());
        annotations.put(Tracking.INDEX, index);
        if (pod.failures() != null) {
            annotations.put(Tracking.FAILURES, Integer.toString(pod.failures()));
            if (pod.ignoredFailures() > 0) {
                annotations.put(Tracking.IGNORED_FAILURES, Integer.toString(pod.ignoredFailures()));
            }
        }
        String name = job.metadata().nameOrEmpty();
        String end = "-" + index + "-";
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder(metadata)
                        .generateName(name.substring(0, Math.min(name.length(), LONGEST_PREFIX - end.length())) + end)
                        .labels(labels)
                        .annotations(annotations)
                        .build())
                .spec(PodSpecBuilder.builder(spec).hostname(name + "-" + index).build())
                .build();
    }

    private static PodSpec withIndex(PodSpec spec) {
        return PodSpecBuilder.builder(spec)
                .initContainers(withIndex(spec.initContainers()))
                .containers(withIndex(spec.containers()))
                .build();
    }

    private static List<Container> withIndex(List<Container> containers) {
        return containers.stream().map(JobTemplate::withIndex).toList();
    }

    private static Container withIndex(Container container) {
        for (EnvVar variable : container.env()) {
            if (variable.name().equals(INDEX_VARIABLE)) {
                return container;
            }
        }
        var env = new ArrayList<>(container.env());
        env.add(EnvVarBuilder.builder()
                .name(INDEX_VARIABLE)
                .valueFrom(EnvVarSourceBuilder.builder()
                        .fieldRef(new ObjectFieldSelector(null, "metadata.labels['" + Tracking.INDEX + "']"))
                        .build())
                .build());
        return ContainerBuilder.builder(container).env(env).build();
    }
}
