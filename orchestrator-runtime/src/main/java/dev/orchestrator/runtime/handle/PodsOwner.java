package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ObjectHandle;
import dev.orchestrator.api.PodsHandle;
import dev.orchestrator.api.ServiceHandle;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import dev.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import dev.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import dev.orchestrator.api.model.autoscaling.ResourceMetricSource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** The verbs of an object that keeps pods. */
abstract class PodsOwner<R extends Resource, H extends PodsHandle<R, H>> extends StoredObject<R, H>
        implements PodsHandle<R, H> {

    PodsOwner(HandleContext context, ResourceType<R> type, ObjectKey key) {
        super(context, type, key);
    }

    @Override
    public final H scale(int replicas) {
        return edit(owner -> PodTemplates.replicas(owner, replicas));
    }

    @Override
    public final H setImage(String container, String image) {
        return containers(
                container, each -> ContainerBuilder.builder(each).image(image).build());
    }

    @Override
    public final H setEnv(Map<String, String> variables) {
        return containers("*", each -> {
            var env = new ArrayList<EnvVar>(each.env());
            env.removeIf(variable -> variables.containsKey(variable.name()));
            variables.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> env.add(EnvVarBuilder.builder()
                            .name(entry.getKey())
                            .value(entry.getValue())
                            .build()));
            return ContainerBuilder.builder(each).env(inPlace(each.env(), env)).build();
        });
    }

    @Override
    public final H unsetEnv(String... names) {
        var gone = Set.of(names);
        return containers(
                "*",
                each -> ContainerBuilder.builder(each)
                        .env(each.env().stream()
                                .filter(variable -> !gone.contains(variable.name()))
                                .toList())
                        .build());
    }

    @Override
    public final H setServiceAccount(String name) {
        return edit(owner -> PodTemplates.template(
                owner,
                template -> new PodTemplateSpec(
                        template.metadata(),
                        PodSpecBuilder.builder(template.spec())
                                .serviceAccountName(name)
                                .serviceAccount(name)
                                .build())));
    }

    // A variable that was there keeps its place.
    private static List<EnvVar> inPlace(List<EnvVar> before, List<EnvVar> after) {
        var byName = new HashMap<String, EnvVar>();
        after.forEach(variable -> byName.put(variable.name(), variable));
        var ordered = new ArrayList<EnvVar>();
        before.forEach(variable -> {
            EnvVar now = byName.remove(variable.name());
            if (now != null) {
                ordered.add(now);
            }
        });
        after.stream().filter(variable -> byName.containsKey(variable.name())).forEach(ordered::add);
        return ordered;
    }

    @Override
    public final H setResources(String container, Map<String, String> requests, Map<String, String> limits) {
        return containers(container, each -> {
            var resources = ResourceRequirementsBuilder.builder(each.resources())
                    .requests(amounts(each.resources().requests(), requests))
                    .limits(amounts(each.resources().limits(), limits))
                    .build();
            return ContainerBuilder.builder(each).resources(resources).build();
        });
    }

    private static Map<String, Quantity> amounts(Map<String, Quantity> amounts, Map<String, String> more) {
        var changed = new HashMap<>(amounts);
        more.forEach((name, amount) -> {
            try {
                changed.put(name, Quantity.parse(amount));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(name + ": \"" + amount + "\": " + malformed.getMessage(), malformed);
            }
        });
        return changed;
    }

    private H containers(String name, UnaryOperator<Container> change) {
        Predicate<Container> chosen =
                name.equals("*") ? any -> true : each -> each.name().equals(name);
        return edit(owner -> PodTemplates.template(owner, template -> {
            var spec = template.spec();
            boolean found = spec.containers().stream().anyMatch(chosen)
                    || spec.initContainers().stream()
                            .anyMatch(each -> each.name().equals(name));
            if (!found) {
                throw ApiException.of(
                        ApiException.Reason.BAD_REQUEST, "unable to find container named \"" + name + "\"");
            }
            return new PodTemplateSpec(
                    template.metadata(),
                    PodSpecBuilder.builder(spec)
                            .containers(changed(spec.containers(), chosen, change))
                            .initContainers(changed(
                                    spec.initContainers(), each -> each.name().equals(name), change))
                            .build());
        }));
    }

    private static List<Container> changed(
            List<Container> containers, Predicate<Container> chosen, UnaryOperator<Container> change) {
        return containers.stream()
                .map(each -> chosen.test(each) ? change.apply(each) : each)
                .toList();
    }

    @Override
    public final List<Pod> pods() {
        return PodOwners.pods(context.store(), get());
    }

    @Override
    public final H awaitAvailable(Duration timeout) throws InterruptedException {
        waitWithPods("to be available", owner -> Availability.of(context.store(), owner), timeout);
        return self();
    }

    final void waitWithPods(String what, Waiter.Judge<R> judge, Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        R owner = new Waiter<>(context, type(), key()).awaitWithPods(what, judge, timeout);
        context.services()
                .awaitKnown(PodOwners.pods(context.store(), owner), timeout.minusNanos(System.nanoTime() - start));
    }

    @Override
    public final ServiceHandle expose(String service, int port, IntOrString targetPort) {
        R owner = get();
        var serviceKey = new ObjectKey(key().namespace(), service);
        var exposed = ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(service)
                        .namespace(key().namespace())
                        .labels(owner.metadata().labels())
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .selector(Availability.selectorLabels(owner))
                        .ports(List.of(ServicePortBuilder.builder()
                                .port(port)
                                .targetPort(targetPort)
                                .build()))
                        .build())
                .build();
        context.store().create(exposed, HandleContext.WRITE);
        return new StoredService(context, serviceKey);
    }

    @Override
    public final ObjectHandle<HorizontalPodAutoscaler> autoscale(int min, int max, int cpuPercent) {
        PodTemplates.replicas(get(), min); // refuses kinds that have no number of replicas
        var cpu = new ResourceMetricSource(
                "cpu",
                MetricTargetBuilder.builder()
                        .type("Utilization")
                        .averageUtilization(cpuPercent)
                        .build());
        var autoscaler = HorizontalPodAutoscalerBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(key().name())
                        .namespace(key().namespace())
                        .build())
                .spec(HorizontalPodAutoscalerSpecBuilder.builder()
                        .scaleTargetRef(
                                new CrossVersionObjectReference(type().apiVersion(), type().kind(), key().name()))
                        .minReplicas(min)
                        .maxReplicas(max)
                        .metrics(List.of(MetricSpecBuilder.builder()
                                .type("Resource")
                                .resource(cpu)
                                .build()))
                        .build())
                .build();
        context.store().create(autoscaler, HandleContext.WRITE);
        return new PlainObject<>(context, ResourceTypes.HORIZONTAL_POD_AUTOSCALER, key());
    }
}
