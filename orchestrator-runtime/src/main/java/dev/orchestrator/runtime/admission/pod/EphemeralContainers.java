package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.EphemeralContainerBuilder;

/** An ephemeral container has the fields of a container and one more: what holds for both is written once. */
final class EphemeralContainers {

    private EphemeralContainers() {}

    static Container asContainer(EphemeralContainer ephemeral) {
        return ContainerBuilder.builder()
                .args(ephemeral.args())
                .command(ephemeral.command())
                .env(ephemeral.env())
                .envFrom(ephemeral.envFrom())
                .image(ephemeral.image())
                .imagePullPolicy(ephemeral.imagePullPolicy())
                .lifecycle(ephemeral.lifecycle())
                .livenessProbe(ephemeral.livenessProbe())
                .name(ephemeral.name())
                .ports(ephemeral.ports())
                .readinessProbe(ephemeral.readinessProbe())
                .resizePolicy(ephemeral.resizePolicy())
                .resources(ephemeral.resources())
                .restartPolicy(ephemeral.restartPolicy())
                .restartPolicyRules(ephemeral.restartPolicyRules())
                .securityContext(ephemeral.securityContext())
                .startupProbe(ephemeral.startupProbe())
                .stdin(ephemeral.stdin())
                .stdinOnce(ephemeral.stdinOnce())
                .terminationMessagePath(ephemeral.terminationMessagePath())
                .terminationMessagePolicy(ephemeral.terminationMessagePolicy())
                .tty(ephemeral.tty())
                .volumeDevices(ephemeral.volumeDevices())
                .volumeMounts(ephemeral.volumeMounts())
                .workingDir(ephemeral.workingDir())
                .build();
    }

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
