package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ConfigMapEnvSource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.EnvFromSourceBuilder;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleBuilder;
import dev.orchestrator.api.model.core.LifecycleHandlerBuilder;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.api.model.core.SecretEnvSource;
import dev.orchestrator.api.model.core.SecretKeySelector;
import dev.orchestrator.api.model.core.VolumeMountBuilder;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElseGet;

/** A container in the making. Each method changes this draft and returns it. */
public final class ContainerDraft {

    private Container container;
    private @Nullable ProbeDraft readiness;
    private @Nullable ProbeDraft liveness;
    private @Nullable ProbeDraft startup;

    ContainerDraft(String name) {
        container = ContainerBuilder.builder().name(name).build();
    }

    /** Sets the image. */
    public ContainerDraft image(String image) {
        return change(builder -> builder.image(image));
    }

    /** Sets when to pull the image: {@code Always}, {@code IfNotPresent} or {@code Never}. */
    public ContainerDraft imagePullPolicy(String policy) {
        return change(builder -> builder.imagePullPolicy(policy));
    }

    /** Replaces the program that the image names. */
    public ContainerDraft command(String... command) {
        return change(builder -> builder.command(List.of(command)));
    }

    /** Replaces the arguments that the image names. */
    public ContainerDraft args(String... args) {
        return change(builder -> builder.args(List.of(args)));
    }

    /** Sets the directory the program starts in. */
    public ContainerDraft workingDir(String directory) {
        return change(builder -> builder.workingDir(directory));
    }

    /** Names a TCP port the container listens on. */
    public ContainerDraft port(int port) {
        return port(ContainerPortBuilder.builder().containerPort(port).build());
    }

    /** Names a TCP port the container listens on, for services and probes to refer to. */
    public ContainerDraft port(String name, int port) {
        return port(
                ContainerPortBuilder.builder().name(name).containerPort(port).build());
    }

    /** Names a port the container listens on, in full. */
    public ContainerDraft port(ContainerPort port) {
        return change(builder -> builder.ports(added(container.ports(), port)));
    }

    /** Sets an environment variable. */
    public ContainerDraft env(String name, String value) {
        return env(EnvVarBuilder.builder().name(name).value(value).build());
    }

    /** Sets an environment variable to a field of the pod, such as {@code status.podIP}. */
    public ContainerDraft envFromField(String name, String fieldPath) {
        var source = EnvVarSourceBuilder.builder()
                .fieldRef(new ObjectFieldSelector(null, fieldPath))
                .build();
        return env(EnvVarBuilder.builder().name(name).valueFrom(source).build());
    }

    /** Sets an environment variable to a key of a secret. */
    public ContainerDraft envFromSecretKey(String name, String secret, String key) {
        var source = EnvVarSourceBuilder.builder()
                .secretKeyRef(new SecretKeySelector(key, secret, null))
                .build();
        return env(EnvVarBuilder.builder().name(name).valueFrom(source).build());
    }

    /** Sets an environment variable in full. */
    public ContainerDraft env(EnvVar variable) {
        return change(builder -> builder.env(added(container.env(), variable)));
    }

    /** Sets an environment variable for each key of a config map. */
    public ContainerDraft envFromConfigMap(String configMap) {
        var source = EnvFromSourceBuilder.builder()
                .configMapRef(new ConfigMapEnvSource(configMap, null))
                .build();
        return change(builder -> builder.envFrom(added(container.envFrom(), source)));
    }

    /** Sets an environment variable for each key of a secret. */
    public ContainerDraft envFromSecret(String secret) {
        var source = EnvFromSourceBuilder.builder()
                .secretRef(new SecretEnvSource(secret, null))
                .build();
        return change(builder -> builder.envFrom(added(container.envFrom(), source)));
    }

    /** Mounts a volume of the pod. */
    public ContainerDraft mount(String volume, String path) {
        var mount = VolumeMountBuilder.builder().name(volume).mountPath(path).build();
        return change(builder -> builder.volumeMounts(added(container.volumeMounts(), mount)));
    }

    /** Mounts a volume of the pod that the container may only read. */
    public ContainerDraft mountReadOnly(String volume, String path) {
        var mount = VolumeMountBuilder.builder()
                .name(volume)
                .mountPath(path)
                .readOnly(true)
                .build();
        return change(builder -> builder.volumeMounts(added(container.volumeMounts(), mount)));
    }

    /** Asks for an amount of a resource, such as {@code ("cpu", "250m")}. */
    public ContainerDraft request(String resource, String amount) {
        var resources = container.resources();
        return change(builder -> builder.resources(ResourceRequirementsBuilder.builder(resources)
                .requests(with(resources.requests(), resource, amount))
                .build()));
    }

    /** Limits a resource, such as {@code ("memory", "64Mi")}. */
    public ContainerDraft limit(String resource, String amount) {
        var resources = container.resources();
        return change(builder -> builder.resources(ResourceRequirementsBuilder.builder(resources)
                .limits(with(resources.limits(), resource, amount))
                .build()));
    }

    /** Sets what decides whether the container gets traffic. */
    public ContainerDraft readinessProbe(ProbeDraft probe) {
        readiness = probe;
        return this;
    }

    /** Sets what decides whether the container is restarted. */
    public ContainerDraft livenessProbe(ProbeDraft probe) {
        liveness = probe;
        return this;
    }

    /** Sets what decides when the other probes begin. */
    public ContainerDraft startupProbe(ProbeDraft probe) {
        startup = probe;
        return this;
    }

    /** Runs a command in the container right after its start. */
    public ContainerDraft postStart(String... command) {
        return lifecycle(builder -> builder.postStart(LifecycleHandlerBuilder.builder()
                .exec(new ExecAction(List.of(command)))
                .build()));
    }

    /** Runs a command in the container before it is asked to end. */
    public ContainerDraft preStop(String... command) {
        return lifecycle(builder -> builder.preStop(LifecycleHandlerBuilder.builder()
                .exec(new ExecAction(List.of(command)))
                .build()));
    }

    private ContainerDraft lifecycle(UnaryOperator<LifecycleBuilder> change) {
        Lifecycle lifecycle = requireNonNullElseGet(
                container.lifecycle(), () -> LifecycleBuilder.builder().build());
        return change(builder -> builder.lifecycle(
                change.apply(LifecycleBuilder.builder(lifecycle)).build()));
    }

    /** Changes the container through the builder of its record: for fields that no other method sets. */
    public ContainerDraft change(UnaryOperator<ContainerBuilder> change) {
        container = change.apply(ContainerBuilder.builder(container)).build();
        return this;
    }

    Container build() {
        Integer port = container.ports().isEmpty()
                ? null
                : container.ports().getFirst().containerPort();
        var builder = ContainerBuilder.builder(container);
        if (readiness != null) {
            builder.readinessProbe(readiness.build(port));
        }
        if (liveness != null) {
            builder.livenessProbe(liveness.build(port));
        }
        if (startup != null) {
            builder.startupProbe(startup.build(port));
        }
        return builder.build();
    }

    /** {@return the annotations that carry what Kubernetes' fields can not: periods of less than a second} */
    Map<String, String> annotations() {
        var annotations = new HashMap<String, String>();
        annotate("readiness", readiness, annotations);
        annotate("liveness", liveness, annotations);
        annotate("startup", startup, annotations);
        return annotations;
    }

    private void annotate(String kind, @Nullable ProbeDraft probe, Map<String, String> annotations) {
        if (probe != null) {
            probe.exactPeriod()
                    .map(Duration::toString)
                    .ifPresent(period -> annotations.put(
                            "probe.orchestrator.dev/" + container.name() + "." + kind + ".period", period));
        }
    }

    static <T> List<T> added(List<T> list, T element) {
        var copy = new ArrayList<T>(list);
        copy.add(element);
        return copy;
    }

    private static Map<String, Quantity> with(Map<String, Quantity> amounts, String resource, String amount) {
        var copy = new HashMap<>(amounts);
        copy.put(resource, Quantity.parse(amount));
        return copy;
    }
}
