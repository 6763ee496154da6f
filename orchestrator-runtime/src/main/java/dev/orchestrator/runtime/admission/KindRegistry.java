package dev.orchestrator.runtime.admission;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.admission.config.ConfigRules;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodRules;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import dev.orchestrator.runtime.admission.service.ServiceRules;
import dev.orchestrator.runtime.admission.workload.WorkloadRules;

/** The rules of all kinds. */
final class KindRegistry {

    private final Map<ResourceType<?>, KindRules<?>> rules;

    private KindRegistry(Collection<KindRules<?>> rules) {
        this.rules = rules.stream().collect(Collectors.toUnmodifiableMap(KindRules::type, each -> each));
    }

    /**
     * {@return the rules of all built-in kinds}
     *
     * @param objects what is stored
     * @param isFreeOnHost whether a port of this machine can be listened on
     */
    static KindRegistry builtIn(StoredObjects objects, IntPredicate isFreeOnHost) {
        var specs = new PodSpecs();
        return of(List.of(
                PodRules.all(specs),
                WorkloadRules.all(specs),
                ServiceRules.all(objects, isFreeOnHost),
                ConfigRules.all()));
    }

    /** {@return a registry of these groups of rules} */
    static KindRegistry of(List<List<KindRules<?>>> groups) {
        return new KindRegistry(groups.stream().flatMap(List::stream).toList());
    }

    /** {@return the rules of a kind; for an unknown kind rules that check only metadata} */
    @SuppressWarnings("unchecked") // the key of each entry is the type its rules are for
    <R extends Resource> KindRules<R> rulesOf(ResourceType<R> type) {
        KindRules<?> found = rules.get(type);
        return found == null ? KindRules.of(type, Defaulter.none(), Validator.none()) : (KindRules<R>) found;
    }
}
