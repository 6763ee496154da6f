package dev.orchestrator.runtime.admission;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.admission.AdmissionPlugins.FailurePolicy;
import dev.orchestrator.api.admission.MutatingAdmission;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.coordination.LeaseBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetails;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AdmissionChainTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");

    private final StoredFixture store = StoredFixture.withDefaultNamespace();

    @Test
    void refusesAnObjectWithoutName() {
        var refusal =
                refusalOf(lease(ObjectMetaBuilder.builder().namespace("default").build()));

        assertThat(refusal.status().message())
                .isEqualTo(
                        "Lease.coordination.k8s.io \"\" is invalid: metadata.name: Required value: name or generateName"
                                + " is required");
        assertThat(refusal.status().code()).isEqualTo(422);
        assertThat(refusal.status().details()).extracting(StatusDetails::name).isNull();
    }

    @Test
    void refusesANameThatIsNoSubdomain() {
        var refusal = refusalOf(lease(named("A_b")));

        assertThat(refusal.causes())
                .containsExactly(new StatusCause(
                        "metadata.name",
                        "Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case"
                                + " alphanumeric characters, '-' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'example.com', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                        "FieldValueInvalid"));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        var owner = new OwnerReference("apps/v1", null, true, "ReplicaSet", "web", "1");
        var refusal = refusalOf(lease(ObjectMetaBuilder.builder(named("x"))
                .labels(Map.of("a b", "c d"))
                .annotations(Map.of("big", "x".repeat(256 * 1024)))
                .ownerReferences(List.of(owner, owner, new OwnerReference("", null, null, "", "", "")))
                .finalizers(List.of("mine"))
                .build()));

        assertThat(refusal.causes())
                .extracting(cause -> cause.field() + " " + cause.reason())
                .containsExactly(
                        "metadata.labels FieldValueInvalid",
                        "metadata.labels FieldValueInvalid",
                        "metadata.annotations FieldValueTooLong",
                        "metadata.ownerReferences FieldValueInvalid",
                        "metadata.ownerReferences.apiVersion FieldValueInvalid",
                        "metadata.ownerReferences.kind FieldValueInvalid",
                        "metadata.ownerReferences.name FieldValueInvalid",
                        "metadata.ownerReferences.uid FieldValueInvalid",
                        "metadata.finalizers[0] FieldValueInvalid");
        assertThat(refusal.causes().get(3).message())
                .endsWith("Only one reference can have Controller set to true. Found \"true\" in references for"
                        + " ReplicaSet/web and ReplicaSet/web");
        assertThat(refusal.status().message())
                .startsWith("Lease.coordination.k8s.io \"x\" is invalid: [metadata.labels: ");
    }

    @Test
    void refusesAnObjectInANamespaceThatDoesNotExist() {
        var refusal = refusalOf(lease(
                ObjectMetaBuilder.builder().namespace("nonexist").name("x").build()));

        assertThat(refusal.status().message()).isEqualTo("namespaces \"nonexist\" not found");
        assertThat(refusal.status().code()).isEqualTo(404);
    }

    @Test
    void refusesAnObjectInANamespaceThatIsGoing() {
        store.with(dev.orchestrator.api.model.core.NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("going")
                        .deletionTimestamp(Instant.EPOCH)
                        .build())
                .build());
        var refusal = refusalOf(
                lease(ObjectMetaBuilder.builder().namespace("going").name("x").build()));

        assertThat(refusal.status().message())
                .isEqualTo(
                        "leases.coordination.k8s.io \"x\" is forbidden: unable to create new content in namespace going"
                                + " because it is being terminated");
        assertThat(refusal.causes().getFirst().reason()).isEqualTo("NamespaceTerminating");
    }

    @Test
    void refusesNewFinalizersOnAnObjectThatIsGoing() {
        var old = lease(ObjectMetaBuilder.builder(named("x"))
                .deletionTimestamp(Instant.EPOCH)
                .finalizers(List.of("a.io/x"))
                .build());
        var updated = lease(ObjectMetaBuilder.builder(old.metadata())
                .finalizers(List.of("a.io/x", "b.io/y"))
                .build());

        assertThatThrownBy(() -> chain(AdmissionPlugins.NONE).admitUpdate(old, updated, REQUEST))
                .hasMessageEndingWith(
                        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                                + " deleted, found new finalizers []string{\"b.io/y\"}");
    }

    @Test
    void keepsWhatAClientMayLeaveOutOfAnUpdate() {
        var old = lease(ObjectMetaBuilder.builder(named("x"))
                .uid("u")
                .creationTimestamp(Instant.EPOCH)
                .build());

        var stored = chain(AdmissionPlugins.NONE).admitUpdate(old, lease(named("x")), REQUEST);

        assertThat(stored.metadata().uid()).isEqualTo("u");
        assertThat(stored.metadata().creationTimestamp()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void refusesAnotherUid() {
        var old = lease(ObjectMetaBuilder.builder(named("x")).uid("u").build());
        var updated = lease(ObjectMetaBuilder.builder(named("x")).uid("v").build());

        assertThatThrownBy(() -> chain(AdmissionPlugins.NONE).admitUpdate(old, updated, REQUEST))
                .hasMessageEndingWith("metadata.uid: Invalid value: \"v\": field is immutable");
    }

    @Test
    void storesWhatAPluginMakesOfAnObject() {
        MutatingAdmission labels = review -> review.subject()
                .withMetadata(ObjectMetaBuilder.builder(review.subject().metadata())
                        .labels(Map.of("team", "blue"))
                        .build());

        var stored = chain(AdmissionPlugins.NONE.mutating("labels", labels)).admitCreate(lease(named("x")), REQUEST);

        assertThat(stored.metadata().labels()).containsEntry("team", "blue");
    }

    @Test
    void refusesWithTheWordsOfAPlugin() {
        var plugins = AdmissionPlugins.NONE.validating("gate", review -> {
            throw review.denied("not on a Friday");
        });

        assertThatThrownBy(() -> chain(plugins).admitCreate(lease(named("x")), REQUEST))
                .hasMessage("leases.coordination.k8s.io \"x\" is forbidden: not on a Friday");
    }

    @Test
    void namesAPluginThatThrows() {
        var plugins = AdmissionPlugins.NONE.mutating("broken", review -> {
            throw new IllegalStateException("no disk");
        });

        assertThatThrownBy(() -> chain(plugins).admitCreate(lease(named("x")), REQUEST))
                .isInstanceOf(ApiException.class)
                .hasMessage("Internal error occurred: failed calling admission plug-in \"broken\":"
                        + " java.lang.IllegalStateException: no disk");
    }

    @Test
    void goesOnWithoutAPluginWhoseFailureIsIgnored() {
        var plugins = AdmissionPlugins.NONE
                .mutating("broken", FailurePolicy.IGNORE, review -> {
                    throw new IllegalStateException("no disk");
                })
                .validating("asserting", FailurePolicy.IGNORE, review -> {
                    throw new AssertionError("no");
                });
        var created = lease(named("x"));

        assertThat(chain(plugins).admitCreate(created, REQUEST)).isSameAs(created);
    }

    @Test
    void refusesAPluginThatRenamesAnObject() {
        var plugins = AdmissionPlugins.NONE.mutating("renamer", review -> lease(named("y")));

        assertThatThrownBy(() -> chain(plugins).admitCreate(lease(named("x")), REQUEST))
                .hasMessageContaining("it renamed the object from default/x to default/y");
    }

    private ApiException refusalOf(Lease lease) {
        return catchThrowableOfType(
                ApiException.class, () -> chain(AdmissionPlugins.NONE).admitCreate(lease, REQUEST));
    }

    private AdmissionChain chain(AdmissionPlugins plugins) {
        return AdmissionChain.of(store, plugins, port -> true);
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().namespace("default").name(name).build();
    }

    private static Lease lease(ObjectMeta metadata) {
        return LeaseBuilder.builder().metadata(metadata).build();
    }
}
