package dev.orchestrator.runtime.admission.pod;

import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.admission.field.FieldErrors;

/**
 * What the rules of a container need to know of its pod.
 *
 * @param spec the pod's spec
 * @param volumes the valid volumes by name
 * @param claims the names of the pod's resource claims
 * @param errors collects what is wrong
 */
record Containing(PodSpec spec, Map<String, Volume> volumes, Set<String> claims, FieldErrors errors) {

    /** {@return whether the pod shares the users of its host, as it does unless told otherwise} */
    boolean hostUsers() {
        Boolean hostUsers = spec.hostUsers();
        return hostUsers == null || hostUsers;
    }
}
