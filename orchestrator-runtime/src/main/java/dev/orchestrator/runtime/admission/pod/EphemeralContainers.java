package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.EphemeralContainerBuilder;

/** An ephemeral container has the fields of a container and one more: what holds for both is written once. */
final class EphemeralContainers {

    private EphemeralContainers() {}

    /** {@return the ephemeral container with what defaulting changes} */
    static EphemeralContainer withCommon(EphemeralContainer ephemeral, Container common) {
        return EphemeralContainerBuilder.builder(ephemeral)
                .env(common.env())
                .imagePullPolicy(common.imagePullPolicy())
                .lifecycle(common.lifecycle())
                .livenessProbe(common.livenessProbe())
                .ports(common.ports())
                .readinessProbe(common.readinessProbe())
                .resources(common.resources())
                .startupProbe(common.startupProbe())
                .terminationMessagePath(common.terminationMessagePath())
                .terminationMessagePolicy(common.terminationMessagePolicy())
                .build();
    }
}
