package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;

/** What a resize may change: CPU and memory of containers and sidecars. */
final class PodResizeValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> RESIZABLE = List.of("cpu", "memory");

    private final PodSpec old;
    private final PodSpec updated;
    private final FieldErrors errors;

    PodResizeValidation(PodSpec old, PodSpec updated, FieldErrors errors) {
        this.old = old;
        this.updated = updated;
        this.errors = errors;
    }

    void validate() {
        if (!sameContainers(old.containers(), updated.containers(), "containers")
                || !sameContainers(old.initContainers(), updated.initContainers(), "initContainers")) {
            return;
        }
        if (QosClass.of(old) != QosClass.of(updated)) {
            errors.invalid(SPEC, "", "Pod QOS Class may not change as a result of resizing");
        }
        int before = errors.count();
        List<Container> containers = new ArrayList<>();
        for (int i = 0; i < updated.containers().size(); i++) {
            Container is = withoutResizing(
                    updated.containers().get(i), old.containers().get(i));
            if (!is.equals(old.containers().get(i))) {
                errors.forbidden(SPEC, "only cpu and memory resources are mutable");
            }
            containers.add(is);
        }
        List<Container> initContainers = new ArrayList<>();
        for (int i = 0; i < updated.initContainers().size(); i++) {
            initContainers.add(initContainer(
                    updated.initContainers().get(i), old.initContainers().get(i)));
        }
        PodSpec otherwise = PodSpecBuilder.builder(updated)
                .containers(containers)
                .initContainers(initContainers)
                .build();
        if (errors.count() == before && !otherwise.equals(old)) {
            errors.forbidden(SPEC, "only cpu and memory resources are mutable");
        }
    }

    private Container initContainer(Container is, Container was) {
        if (!"Always".equals(is.restartPolicy())) {
            if (!is.equals(was)) {
                errors.forbidden(SPEC, "resources for non-sidecar init containers are immutable");
            }
            return is;
        }
        Container otherwise = withoutResizing(is, was);
        if (!otherwise.equals(was)) {
            errors.forbidden(SPEC, "only cpu and memory resources for sidecar containers are mutable");
        }
        return otherwise;
    }

    private boolean sameContainers(List<Container> before, List<Container> after, String list) {
        if (before.size() != after.size()) {
            errors.forbidden(SPEC.child(list), list + " may not be added or removed on resize");
            return false;
        }
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).name().equals(after.get(i).name())) {
                errors.forbidden(
                        SPEC.child(list).index(i).child("name"), list + " may not be renamed or reordered on resize");
                same = false;
            }
        }
        return same;
    }

    private static Container withoutResizing(Container is, Container was) {
        var resources = new ResourceRequirements(
                is.resources().claims(),
                withoutResizing(is.resources().limits(), was.resources().limits()),
                withoutResizing(is.resources().requests(), was.resources().requests()));
        return ContainerBuilder.builder(is)
                .resources(resources)
                .resizePolicy(was.resizePolicy())
                .build();
    }

    private static Map<String, Quantity> withoutResizing(Map<String, Quantity> is, Map<String, Quantity> was) {
        Map<String, Quantity> result = new HashMap<>(is);
        for (String name : RESIZABLE) {
            result.remove(name);
            if (was.containsKey(name)) {
                result.put(name, was.get(name));
            }
        }
        return result;
    }
}
