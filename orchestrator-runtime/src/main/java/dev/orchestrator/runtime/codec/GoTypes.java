package dev.orchestrator.runtime.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.orchestrator.runtime.schema.ModelTypes;
import org.jspecify.annotations.Nullable;

/**
 * What the Java types can not tell about Kubernetes' Go types: which texts are pointers, so that an empty one differs
 * from none, and which have a name of their own, which type errors show.
 */
final class GoTypes {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private static final Set<String> POINTERS = Set.of(words("""
            AppArmorProfile.localhostProfile AzureDiskVolumeSource.cachingMode AzureDiskVolumeSource.fsType
            AzureDiskVolumeSource.kind AzureFilePersistentVolumeSource.secretNamespace CSIVolumeSource.fsType
            ClusterTrustBundleProjection.name ClusterTrustBundleProjection.signerName Container.restartPolicy
            ContainerStatus.stopSignal CronJobSpec.timeZone DeleteOptions.propagationPolicy Endpoint.hostname
            Endpoint.nodeName Endpoint.zone EndpointAddress.nodeName EndpointPort.appProtocol EphemeralContainer.restartPolicy
            GRPCAction.service HPAScalingRules.selectPolicy HTTPIngressPath.pathType HostPathVolumeSource.type
            ISCSIPersistentVolumeSource.initiatorName ISCSIVolumeSource.initiatorName
            IngressClassParametersReference.apiGroup IngressClassParametersReference.namespace
            IngressClassParametersReference.scope IngressPortStatus.error IngressSpec.ingressClassName
            JobSpec.completionMode JobSpec.managedBy JobSpec.podReplacementPolicy LeaseSpec.holderIdentity
            LeaseSpec.preferredHolder LeaseSpec.strategy Lifecycle.stopSignal LoadBalancerIngress.ipMode
            NetworkPolicyPort.protocol PersistentVolumeClaimSpec.storageClassName
            PersistentVolumeClaimSpec.volumeAttributesClassName PersistentVolumeClaimSpec.volumeMode
            PersistentVolumeClaimStatus.currentVolumeAttributesClassName PersistentVolumeSpec.volumeAttributesClassName
            PersistentVolumeSpec.volumeMode PodDNSConfigOption.value PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy
            PodFailurePolicyOnExitCodesRequirement.containerName PodResourceClaim.resourceClaimName
            PodResourceClaim.resourceClaimTemplateName PodResourceClaimStatus.resourceClaimName
            PodSecurityContext.fsGroupChangePolicy PodSecurityContext.seLinuxChangePolicy
            PodSecurityContext.supplementalGroupsPolicy PodSpec.hostnameOverride PodSpec.preemptionPolicy
            PodSpec.runtimeClassName PortStatus.error Preconditions.resourceVersion Preconditions.uid
            PriorityClass.preemptionPolicy SeccompProfile.localhostProfile SecurityContext.procMount
            ServicePort.appProtocol ServiceSpec.internalTrafficPolicy ServiceSpec.ipFamilyPolicy
            ServiceSpec.loadBalancerClass ServiceSpec.trafficDistribution StorageClass.reclaimPolicy
            StorageClass.volumeBindingMode TopologySpreadConstraint.nodeAffinityPolicy
            TopologySpreadConstraint.nodeTaintsPolicy TypedLocalObjectReference.apiGroup TypedObjectReference.apiGroup
            TypedObjectReference.namespace VolumeMount.mountPropagation VolumeMount.recursiveReadOnly
            VolumeMountStatus.recursiveReadOnly WindowsSecurityContextOptions.gmsaCredentialSpec
            WindowsSecurityContextOptions.gmsaCredentialSpecName WindowsSecurityContextOptions.runAsUserName
            """));

    private static final Map<String, String> NAMED = named("""
            Container.imagePullPolicy=PullPolicy EphemeralContainer.imagePullPolicy=PullPolicy
            Container.restartPolicy=ContainerRestartPolicy Container.terminationMessagePolicy=TerminationMessagePolicy
            ContainerPort.protocol=Protocol ServicePort.protocol=Protocol NetworkPolicyPort.protocol=Protocol
            PodSpec.restartPolicy=RestartPolicy PodSpec.dnsPolicy=DNSPolicy PodSpec.preemptionPolicy=PreemptionPolicy
            PodStatus.phase=PodPhase PodStatus.qosClass=PodQOSClass PodCondition.type=PodConditionType
            PodCondition.status=ConditionStatus PodReadinessGate.conditionType=PodConditionType
            HTTPGetAction.scheme=URIScheme Toleration.effect=TaintEffect Toleration.operator=TolerationOperator
            Taint.effect=TaintEffect EmptyDirVolumeSource.medium=StorageMedium HostPathVolumeSource.type=HostPathType
            VolumeMount.mountPropagation=MountPropagationMode ServiceSpec.type=ServiceType
            ServiceSpec.sessionAffinity=ServiceAffinity ServiceSpec.externalTrafficPolicy=ServiceExternalTrafficPolicy
            ServiceSpec.internalTrafficPolicy=ServiceInternalTrafficPolicy ServiceSpec.ipFamilyPolicy=IPFamilyPolicy
            DeploymentStrategy.type=DeploymentStrategyType StatefulSetUpdateStrategy.type=StatefulSetUpdateStrategyType
            StatefulSetSpec.podManagementPolicy=PodManagementPolicyType
            DaemonSetUpdateStrategy.type=DaemonSetUpdateStrategyType CronJobSpec.concurrencyPolicy=ConcurrencyPolicy
            JobSpec.completionMode=CompletionMode HTTPIngressPath.pathType=PathType Secret.type=SecretType
            LabelSelectorRequirement.operator=LabelSelectorOperator NodeSelectorRequirement.operator=NodeSelectorOperator
            PersistentVolumeClaimSpec.volumeMode=PersistentVolumeMode PersistentVolumeSpec.volumeMode=PersistentVolumeMode
            PersistentVolumeSpec.persistentVolumeReclaimPolicy=PersistentVolumeReclaimPolicy
            PersistentVolumeClaimStatus.phase=PersistentVolumeClaimPhase NamespaceStatus.phase=NamespacePhase
            StorageClass.reclaimPolicy=PersistentVolumeReclaimPolicy StorageClass.volumeBindingMode=VolumeBindingMode
            EndpointSlice.addressType=AddressType ObjectMeta.uid=types.UID OwnerReference.uid=types.UID
            TopologySpreadConstraint.whenUnsatisfiable=UnsatisfiableConstraintAction
            SeccompProfile.type=SeccompProfileType PodOS.name=OSName LimitRangeItem.type=LimitType
            """);

    private GoTypes() {}

    private static String[] words(String table) {
        return WHITE_SPACE.splitAsStream(table.strip()).toArray(String[]::new);
    }

    private static Map<String, String> named(String table) {
        var named = new HashMap<String, String>();
        for (String entry : words(table)) {
            int equals = entry.indexOf('=');
            String type = entry.substring(equals + 1);
            named.put(entry.substring(0, equals), type.indexOf('.') > 0 ? type : "v1." + type);
        }
        return Map.copyOf(named);
    }

    /** {@return whether an empty text in this field differs from none} */
    static boolean isPointer(Class<?> record, String field) {
        boolean discoveryPort = ModelTypes.name(record).equals("discovery.EndpointPort");
        return discoveryPort || POINTERS.contains(record.getSimpleName() + "." + field);
    }

    /** {@return the name of the type of a text field, unless it is plain string} */
    static @Nullable String namedString(Class<?> record, String field) {
        return NAMED.get(record.getSimpleName() + "." + field);
    }

    /** {@return the name of a record in Go} */
    static String recordName(Class<?> record) {
        return record.getSimpleName();
    }

    /** {@return the name of a record in Go with its package, such as {@code v1.PodSpec}} */
    static String typeName(Class<?> record) {
        return ModelTypes.version(record) + "." + record.getSimpleName();
    }
}
