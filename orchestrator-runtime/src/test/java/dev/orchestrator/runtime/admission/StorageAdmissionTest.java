package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StorageAdmissionTest {

    private static final String VOLUME = volume("hostPath: {path: /data}");
    private static final String CLAIM =
            claim("accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, storageClassName: fast", "");
    private static final String CLASS = "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: x},"
            + " provisioner: acme.io/disk, parameters: {type: ssd}}";

    @Test
    void fillsInWhatIsLeftOut() {
        assertThat(Admitted.fields(VOLUME))
                .extracting("spec")
                .hasToString("{accessModes=[ReadWriteOnce], capacity={storage=1Gi}, hostPath={path=/data, type=},"
                        + " persistentVolumeReclaimPolicy=Retain, volumeMode=Filesystem}");
        assertThat(Admitted.fields(CLAIM))
                .extracting("spec")
                .hasToString("{accessModes=[ReadWriteOnce], resources={requests={storage=1Gi}}, storageClassName=fast,"
                        + " volumeMode=Filesystem}");
        assertThat(Admitted.fields(CLASS))
                .containsEntry("reclaimPolicy", "Delete")
                .containsEntry("volumeBindingMode", "Immediate");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String name, String manifest, List<String> causes) {
        assertThat(Admitted.refusal(manifest)).as(name).isEqualTo(causes);
    }

    static Stream<Arguments> refused() {
        return Stream.concat(refusedVolumes(), refusedClaimsAndClasses());
    }

    private static Stream<Arguments> refusedVolumes() {
        return Stream.of(
                arguments(
                        "no source",
                        volume("storageClassName: fast"),
                        List.of("spec: Required value: must specify a volume type")),
                arguments(
                        "two sources",
                        volume("hostPath: {path: /a}, nfs: {server: s, path: /p}"),
                        List.of("spec.nfs: Forbidden: may not specify more than 1 volume type")),
                arguments(
                        "empty volume",
                        "{apiVersion: v1, kind: PersistentVolume, metadata: {name: x}}",
                        List.of(
                                "spec.accessModes: Required value",
                                "spec.capacity: Required value",
                                "spec.capacity: Unsupported value: map[string]string{}: supported values:"
                                        + " \"storage\"",
                                "spec: Required value: must specify a volume type")),
                arguments(
                        "local volume anywhere",
                        volume("local: {path: /a/../b}"),
                        List.of(
                                "spec.local.path: Invalid value: \"/a/../b\": must not contain '..'",
                                "spec.nodeAffinity: Required value: Local volume requires node affinity")),
                arguments(
                        "recycled root",
                        volume("hostPath: {path: /}, persistentVolumeReclaimPolicy: Recycle"),
                        List.of("spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath"
                                + " mount of '/'")),
                arguments(
                        "nameless driver",
                        volume("csi: {nodePublishSecretRef: {name: s}}"),
                        List.of(
                                "spec.csi.driver: Required value",
                                "spec.csi.volumeHandle: Required value",
                                "spec.csi.nodePublishSecretRef.namespace: Required value")));
    }

    private static Stream<Arguments> refusedClaimsAndClasses() {
        return Stream.of(
                arguments(
                        "empty claim",
                        claim("", ""),
                        List.of(
                                "spec.accessModes: Required value: at least 1 access mode is required",
                                "spec.resources[storage]: Required value")),
                arguments(
                        "modes that exclude one another",
                        claim(
                                "accessModes: [ReadWriteOncePod, ReadOnlyMany, Any], resources: {requests: {storage:"
                                        + " 0}}",
                                ""),
                        List.of(
                                "spec.accessModes: Unsupported value: \"Any\": supported values: \"ReadOnlyMany\","
                                        + " \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
                                "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
                                "spec.resources[storage]: Invalid value: \"0\": must be greater than zero")),
                arguments(
                        "class without provisioner",
                        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: x}, reclaimPolicy: Keep}",
                        List.of(
                                "provisioner: Required value",
                                "reclaimPolicy: Unsupported value: \"Keep\": supported values: \"Delete\","
                                        + " \"Retain\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedUpdates")
    void refusesAnUpdate(String name, String old, String updated, String cause) {
        assertThat(Admitted.refusal(old, updated))
                .as(name)
                .singleElement()
                .asString()
                .startsWith(cause);
    }

    static Stream<Arguments> refusedUpdates() {
        String immutable = "spec: Forbidden: spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims\n";
        return Stream.of(
                arguments(
                        "other source",
                        VOLUME,
                        VOLUME.replace("/data", "/other"),
                        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after"
                                + " creation\n"),
                arguments("other class", CLAIM, CLAIM.replace("fast", "slow"), immutable),
                arguments("growth before binding", CLAIM, CLAIM.replace("1Gi", "2Gi"), immutable),
                arguments(
                        "shrinking",
                        bound(CLAIM),
                        bound(CLAIM).replace("{storage: 1Gi}}, s", "{storage: 1Mi}}, s"),
                        "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"),
                arguments(
                        "other provisioner",
                        CLASS,
                        CLASS.replace("disk", "tape"),
                        "provisioner: Forbidden: updates to provisioner are forbidden."),
                arguments(
                        "other parameters",
                        CLASS,
                        CLASS.replace("ssd", "hdd"),
                        "parameters: Forbidden: updates to parameters are forbidden."));
    }

    @Test
    void letsABoundClaimGrowAndAnyClaimBeBound() {
        assertThat(Admitted.refusal(bound(CLAIM), bound(CLAIM).replace("{storage: 1Gi}}, s", "{storage: 2Gi}}, s")))
                .isEmpty();
        assertThat(Admitted.refusal(CLAIM, CLAIM.replace("accessModes", "volumeName: v, accessModes")))
                .isEmpty();
    }

    private static String volume(String source) {
        return "{apiVersion: v1, kind: PersistentVolume, metadata: {name: x}, spec: {accessModes: [ReadWriteOnce],"
                + " capacity: {storage: 1Gi}, " + source + "}}";
    }

    private static String claim(String spec, String rest) {
        return "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: x, namespace: default}, spec: {" + spec
                + "}" + rest + "}";
    }

    private static String bound(String claim) {
        return claim.replace("fast}}", "fast}, status: {phase: Bound, capacity: {storage: 1Gi}}}");
    }
}
