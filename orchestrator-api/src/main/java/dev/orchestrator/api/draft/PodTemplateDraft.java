package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.ConfigMapVolumeSourceBuilder;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.PersistentVolumeClaimVolumeSource;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.SecretVolumeSourceBuilder;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/**
 * A pod, or an object that makes pods, in the making.
 *
 * @param <R> the kind of object
 * @param <D> the draft itself
 */
public abstract class PodTemplateDraft<R extends Resource, D extends PodTemplateDraft<R, D>> extends Draft<R, D> {

    PodTemplateDraft(R object) {
        super(object);
    }

    abstract PodTemplateSpec template(R object);

    abstract R withTemplate(R object, PodTemplateSpec template);

    private PodSpec podSpec() {
        return template(object()).spec();
    }

    final D template(UnaryOperator<PodTemplateSpec> change) {
        return change(object -> withTemplate(object, change.apply(template(object))));
    }

    /** Changes the spec of the pods through the builder of its record: for fields that no other method sets. */
    public D podSpec(UnaryOperator<PodSpecBuilder> change) {
        return template(template -> new PodTemplateSpec(
                template.metadata(),
                change.apply(PodSpecBuilder.builder(template.spec())).build()));
    }

    /** Adds a container. */
    public D container(String name, Consumer<ContainerDraft> content) {
        var draft = new ContainerDraft(name);
        content.accept(draft);
        draft.annotations().forEach(this::podAnnotation);
        Container container = draft.build();
        return podSpec(spec -> spec.containers(ContainerDraft.added(podSpec().containers(), container)));
    }

    /** Adds a container that needs nothing but its image. */
    public D container(String name, String image) {
        return container(name, container -> container.image(image));
    }

    /** Adds a container that runs to its end before the next one starts. */
    public D initContainer(String name, Consumer<ContainerDraft> content) {
        var draft = new ContainerDraft(name);
        content.accept(draft);
        draft.annotations().forEach(this::podAnnotation);
        Container container = draft.build();
        return podSpec(
                spec -> spec.initContainers(ContainerDraft.added(podSpec().initContainers(), container)));
    }

    /** Adds a container that starts before the others and runs beside them until they have ended. */
    public D sidecar(String name, Consumer<ContainerDraft> content) {
        return initContainer(
                name, content.andThen(container -> container.change(builder -> builder.restartPolicy("Always"))));
    }

    /** Adds a label to the pods. */
    public D podLabel(String key, String value) {
        return template(template -> new PodTemplateSpec(
                ObjectMetaBuilder.builder(template.metadata())
                        .labels(with(template.metadata().labels(), key, value))
                        .build(),
                template.spec()));
    }

    /** Adds an annotation to the pods. */
    public D podAnnotation(String key, String value) {
        return template(template -> new PodTemplateSpec(
                ObjectMetaBuilder.builder(template.metadata())
                        .annotations(with(template.metadata().annotations(), key, value))
                        .build(),
                template.spec()));
    }

    /** Sets when ended containers start again: {@code Always}, {@code OnFailure} or {@code Never}. */
    public D restartPolicy(String policy) {
        return podSpec(spec -> spec.restartPolicy(policy));
    }

    /** Sets how long the containers have between being asked to end and being killed, in whole seconds. */
    public D terminationGracePeriod(Duration grace) {
        return podSpec(spec -> spec.terminationGracePeriodSeconds(grace.toSeconds()));
    }

    /** Lets the pods run only on nodes with a label. */
    public D nodeSelector(String key, String value) {
        return podSpec(spec -> spec.nodeSelector(with(podSpec().nodeSelector(), key, value)));
    }

    /** Lets the pods run on nodes with a taint. */
    public D toleration(Toleration toleration) {
        return podSpec(spec -> spec.tolerations(ContainerDraft.added(podSpec().tolerations(), toleration)));
    }

    /** Sets the service account of the pods. */
    public D serviceAccount(String name) {
        return podSpec(spec -> spec.serviceAccountName(name));
    }

    /** Adds the secret to pull images with. */
    public D imagePullSecret(String name) {
        return podSpec(spec -> spec.imagePullSecrets(
                ContainerDraft.added(podSpec().imagePullSecrets(), new LocalObjectReference(name))));
    }

    /** Adds an empty volume that lives as long as its pod. */
    public D emptyDir(String name) {
        return volume(VolumeBuilder.builder().name(name).emptyDir(new EmptyDirVolumeSource(null, null)));
    }

    /** Adds a volume of files, one for each key of a config map. */
    public D configMapVolume(String name, String configMap) {
        return volume(VolumeBuilder.builder()
                .name(name)
                .configMap(
                        ConfigMapVolumeSourceBuilder.builder().name(configMap).build()));
    }

    /** Adds a volume of files, one for each key of a secret. */
    public D secretVolume(String name, String secret) {
        return volume(VolumeBuilder.builder()
                .name(name)
                .secret(SecretVolumeSourceBuilder.builder().secretName(secret).build()));
    }

    /** Adds a volume that is claimed apart from the pod. */
    public D claimVolume(String name, String claim) {
        return volume(VolumeBuilder.builder()
                .name(name)
                .persistentVolumeClaim(new PersistentVolumeClaimVolumeSource(claim, null)));
    }

    /** Adds a volume of any sort. */
    public D volume(VolumeBuilder volume) {
        return podSpec(spec -> spec.volumes(ContainerDraft.added(podSpec().volumes(), volume.build())));
    }
}
