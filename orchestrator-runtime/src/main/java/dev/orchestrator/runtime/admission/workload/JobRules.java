package dev.orchestrator.runtime.admission.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobSpec;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Preparation;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;

import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of jobs, whose selector and labels are made from their uid and name. */
record JobRules(PodSpecs specs) implements Validator<Job>, Preparation<Job> {

    private static final String PREFIX = "batch.kubernetes.io/";
    private static final String CONTROLLER_UID = "controller-uid";
    private static final String JOB_NAME = "job-name";

    static KindRules<Job> of(PodSpecs specs) {
        var rules = new JobRules(specs);
        return new KindRules<>(ResourceTypes.JOB, rules::withDefaults, rules, rules);
    }

    private Job withDefaults(Job job) {
        JobSpec spec = JobDefaults.of(job.spec(), specs);
        ObjectMeta metadata = Replicated.labelledLike(
                job.metadata(), job.spec().template().metadata().labels());
        return same(spec, job.spec()) && same(metadata, job.metadata()) ? job : new Job(metadata, spec, job.status());
    }

    @Override
    public Job forCreate(Job job) {
        JobSpec spec = job.spec();
        if (Zero.isTrue(spec.manualSelector())) {
            return job;
        }
        String uid = job.metadata().uidOrEmpty();
        String name = job.metadata().nameOrEmpty();
        Map<String, String> labels = new HashMap<>(spec.template().metadata().labels());
        boolean conflicting = labels.containsKey(CONTROLLER_UID)
                || labels.containsKey(JOB_NAME)
                || labels.containsKey(PREFIX + CONTROLLER_UID)
                || labels.containsKey(PREFIX + JOB_NAME);
        if (spec.selector() != null && conflicting) {
            return job;
        }
        labels.put(CONTROLLER_UID, uid);
        labels.put(JOB_NAME, name);
        labels.put(PREFIX + CONTROLLER_UID, uid);
        labels.put(PREFIX + JOB_NAME, name);
        LabelSelector selector = spec.selector() == null ? selecting(uid) : withUid(spec.selector(), uid);
        ObjectMeta metadata = ObjectMetaBuilder.builder(spec.template().metadata())
                .labels(labels)
                .build();
        JobSpec generated = JobSpecBuilder.builder(spec)
                .selector(selector)
                .template(new PodTemplateSpec(metadata, spec.template().spec()))
                .build();
        return JobBuilder.builder(job).spec(generated).build();
    }

    private static LabelSelector selecting(String uid) {
        return new LabelSelector(java.util.List.of(), Map.of(PREFIX + CONTROLLER_UID, uid));
    }

    private static LabelSelector withUid(LabelSelector given, String uid) {
        Map<String, String> labels = new HashMap<>(given.matchLabels());
        labels.putIfAbsent(PREFIX + CONTROLLER_UID, uid);
        return new LabelSelector(given.matchExpressions(), labels);
    }

    @Override
    public void validateCreate(Job job, FieldErrors errors) {
        generatedSelector(job, errors);
        validateSpec(job.spec(), errors);
        Integer completions = job.spec().completions();
        if ("Indexed".equals(job.spec().completionMode()) && completions != null && completions > 0) {
            String hostname = job.metadata().nameOrEmpty() + "-" + (completions - 1);
            if (!Names.dnsLabel(hostname).isEmpty()) {
                errors.invalid(
                        MetadataRules.METADATA.child("name"),
                        job.metadata().name(),
                        "will not able to create pod with invalid DNS label: " + hostname);
            }
        }
    }

    private static void generatedSelector(Job job, FieldErrors errors) {
        if (Zero.isTrue(job.spec().manualSelector()) || job.spec().selector() == null) {
            return;
        }
        String uid = job.metadata().uidOrEmpty();
        String name = job.metadata().nameOrEmpty();
        if (uid.isEmpty()) {
            errors.required(MetadataRules.METADATA.child("uid"));
        }
        Map<String, String> labels = job.spec().template().metadata().labels();
        label(CONTROLLER_UID, uid, labels, errors);
        label(JOB_NAME, name, labels, errors);
        label(PREFIX + CONTROLLER_UID, uid, labels, errors);
        label(PREFIX + JOB_NAME, name, labels, errors);
        Map<String, String> expected =
                Map.of(CONTROLLER_UID, uid, JOB_NAME, name, PREFIX + CONTROLLER_UID, uid, PREFIX + JOB_NAME, name);
        boolean usable = LabelSelectorRules.isUsable(job.spec().selector());
        if (usable && !LabelSelectorRules.matches(job.spec().selector(), expected)) {
            errors.invalid(SPEC.child("selector"), job.spec().selector(), "`selector` not auto-generated");
        }
    }

    private static void label(String key, String expected, Map<String, String> labels, FieldErrors errors) {
        FieldPath path = SPEC.child("template").child("metadata", "labels").key(key);
        String actual = labels.get(key);
        if (actual == null) {
            errors.required(path, "must be '" + expected + "'");
        } else if (!actual.equals(expected)) {
            errors.invalid(path, labels, "must be '" + expected + "'");
        }
    }

    private void validateSpec(JobSpec spec, FieldErrors errors) {
        new JobSpecValidation(spec, specs, errors).validate(SPEC);
        FieldPath path = SPEC.child("selector");
        if (spec.selector() == null) {
            errors.required(path);
        }
        LabelSelectorRules.validate(spec.selector(), path, errors);
        Map<String, String> labels = spec.template().metadata().labels();
        if (LabelSelectorRules.isUsable(spec.selector()) && !LabelSelectorRules.matches(spec.selector(), labels)) {
            errors.invalid(
                    SPEC.child("template").child("metadata", "labels"),
                    labels,
                    "`selector` does not match template `labels`");
        }
    }

    @Override
    public void validateUpdate(Job old, Job updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        JobSpec before = old.spec();
        JobSpec after = updated.spec();
        validateSpec(after, errors);
        completions(before, after, errors);
        errors.immutable(SPEC.child("selector"), after.selector(), before.selector());
        template(old, after, errors);
        errors.immutable(SPEC.child("completionMode"), after.completionMode(), before.completionMode());
        errors.immutable(SPEC.child("podFailurePolicy"), after.podFailurePolicy(), before.podFailurePolicy());
        errors.immutable(
                SPEC.child("backoffLimitPerIndex"), after.backoffLimitPerIndex(), before.backoffLimitPerIndex());
        errors.immutable(SPEC.child("managedBy"), after.managedBy(), before.managedBy());
        errors.immutable(SPEC.child("successPolicy"), after.successPolicy(), before.successPolicy());
    }

    private static void completions(JobSpec before, JobSpec after, FieldErrors errors) {
        FieldPath path = SPEC.child("completions");
        if (!"Indexed".equals(after.completionMode())) {
            errors.immutable(path, after.completions(), before.completions());
            return;
        }
        boolean changed = after.completions() != null && !after.completions().equals(before.completions());
        if (changed && !Objects.equals(after.completions(), after.parallelism())) {
            errors.invalid(path, after.completions(), "can only be modified in tandem with spec.parallelism");
        }
    }

    /** A job that is suspended and never started may still be steered to other nodes. */
    private static void template(Job old, JobSpec after, FieldErrors errors) {
        PodTemplateSpec before = old.spec().template();
        boolean steerable = Zero.isTrue(old.spec().suspend()) && old.status().startTime() == null;
        PodTemplateSpec expected = steerable ? steered(before, after.template()) : before;
        errors.immutable(SPEC.child("template"), after.template(), expected);
    }

    private static PodTemplateSpec steered(PodTemplateSpec before, PodTemplateSpec after) {
        PodSpec spec = PodSpecBuilder.builder(before.spec())
                .affinity(after.spec().affinity())
                .nodeSelector(after.spec().nodeSelector())
                .tolerations(after.spec().tolerations())
                .schedulingGates(after.spec().schedulingGates())
                .build();
        ObjectMeta metadata = ObjectMetaBuilder.builder(before.metadata())
                .labels(after.metadata().labels())
                .annotations(after.metadata().annotations())
                .build();
        return new PodTemplateSpec(metadata, spec);
    }

    @Override
    public void validateStatusUpdate(Job old, Job updated, FieldErrors errors) {
        new JobStatusValidation(old, updated, errors).validate();
    }
}
