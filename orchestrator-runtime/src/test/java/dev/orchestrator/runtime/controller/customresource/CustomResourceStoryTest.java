package dev.orchestrator.runtime.controller.customresource;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReferenceBuilder;
import dev.orchestrator.runtime.controller.garbage.GarbageCollector;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Kinds of their own come, are used and go. */
class CustomResourceStoryTest {

    private static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: widgets, kind: Widget, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          size: {type: integer, default: 3}
                          colors: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      status: {type: object, x-kubernetes-preserve-unknown-fields: true}
              - name: v2
                served: true
                storage: false
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private final Story story = Story.admitted(
            parts -> new CustomResourceController(parts.store(), parts.time()),
            parts -> new GarbageCollector(parts.store(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    private CustomResourceDefinition define(String manifest) throws InterruptedException {
        CustomResourceDefinition definition =
                story.create((CustomResourceDefinition) Manifests.load(manifest).getFirst());
        story.settle();
        return story.get(
                ResourceTypes.CUSTOM_RESOURCE_DEFINITION,
                "",
                definition.metadata().nameOrEmpty());
    }

    private static ResourceType<CustomObject> type(CustomResourceDefinition definition, String version) {
        return definition.typeOf(version);
    }

    private static CustomObject widget(ResourceType<CustomObject> type, Map<String, Object> spec) {
        ObjectMeta metadata =
                ObjectMetaBuilder.builder().namespace("default").name("w").build();
        return CustomObject.of(type, metadata, Map.of("spec", spec));
    }

    @Test
    void isEstablishedWhenItsNamesAreFree() throws InterruptedException {
        CustomResourceDefinition first = define(WIDGETS);
        CustomResourceDefinition second =
                define(WIDGETS.replace("plural: widgets, kind: Widget", "plural: wheels, kind: Wheel")
                        .replace("widgets.example.com", "wheels.example.com"));

        assertThat(first.is("NamesAccepted")).isTrue();
        assertThat(first.is("Established")).isTrue();
        assertThat(first.status().acceptedNames()).isEqualTo(first.spec().names());
        assertThat(first.status().storedVersions()).containsExactly("v1");
        assertThat(second.is("Established")).isFalse();
        assertThat(second.status().conditions().getFirst().reason()).isEqualTo("ShortNamesConflict");
        assertThat(second.status().conditions().getFirst().message()).isEqualTo("\"wd\" is already in use");
    }

    @Test
    void takesNamesThatBecomeFree() throws InterruptedException {
        define(WIDGETS);
        define(WIDGETS.replace("plural: widgets, kind: Widget", "plural: wheels, kind: Wheel")
                .replace("widgets.example.com", "wheels.example.com"));

        story.delete(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, "", "widgets.example.com", null);
        story.settle();

        assertThat(story.get(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, "", "wheels.example.com")
                        .is("Established"))
                .isTrue();
    }

    @Test
    void isFilledInPrunedAndShownInEveryVersion() throws InterruptedException {
        CustomResourceDefinition definition = define(WIDGETS);
        ResourceType<CustomObject> v1 = type(definition, "v1");
        ResourceType<CustomObject> v2 = type(definition, "v2");

        CustomObject created = story.create(widget(v1, Map.of("odd", 1)));
        CustomObject inOther = story.get(v2, "default", "w");
        CustomObject changed = story.edit(
                v2, "default", "w", widget -> widget.with(5, "spec", "size").with(true, "more"));

        assertThat(created.content()).isEqualTo(Map.of("spec", Map.of("size", 3L)));
        assertThat(created.metadata().generation()).isEqualTo(1);
        assertThat(inOther.resourceType()).isEqualTo(v2);
        assertThat(inOther.content()).isEqualTo(created.content());
        assertThat(changed.resourceType()).isEqualTo(v2);
        assertThat(changed.metadata().generation()).isEqualTo(2);
        assertThat(story.get(v1, "default", "w").find("spec", "size")).contains(5L);
        assertThat(story.store().list(v1)).hasSize(1);
        assertThat(story.store().list(v2).getFirst().resourceType()).isEqualTo(v2);
    }

    @Test
    void countsGenerationsOfItsSpecOnly() throws InterruptedException {
        ResourceType<CustomObject> type = type(define(WIDGETS), "v1");
        story.create(widget(type, Map.of("size", 1)));

        CustomObject status = story.editStatus(type, "default", "w", widget -> widget.with("ready", "status", "phase"));
        CustomObject ignored = story.edit(type, "default", "w", widget -> widget.with("lost", "status", "phase"));

        assertThat(status.find("status", "phase")).contains("ready");
        assertThat(status.metadata().generation()).isEqualTo(1);
        assertThat(ignored.find("status", "phase")).contains("ready");
        assertThat(ignored.metadata().generation()).isEqualTo(1);
    }

    @Test
    void refusesWhatDoesNotFit() throws InterruptedException {
        ResourceType<CustomObject> type = type(define(WIDGETS), "v1");

        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> story.create(widget(type, Map.of("size", "big", "colors", List.of("red", "red")))));

        assertThat(refused)
                .hasMessage(
                        "Widget.example.com \"w\" is invalid: [spec.colors[1]: Duplicate value: \"red\","
                                + " spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"]");
    }

    @Test
    void ownsAndIsOwned() throws InterruptedException {
        ResourceType<CustomObject> type = type(define(WIDGETS), "v1");
        CustomObject owner = story.create(widget(type, Map.of()));
        CustomObject owned = widget(type, Map.of());
        story.create(owned.withMetadata(ObjectMetaBuilder.builder(owned.metadata())
                .name("owned")
                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                        .apiVersion("example.com/v2")
                        .kind("Widget")
                        .name("w")
                        .uid(owner.metadata().uidOrEmpty())
                        .build()))
                .build()));
        story.settle();
        assertThat(story.store().list(type)).hasSize(2);

        story.delete(type, "default", "w", "Background");
        story.settle();

        assertThat(story.store().list(type)).isEmpty();
    }

    @Test
    void takesItsObjectsAlong() throws InterruptedException {
        CustomResourceDefinition definition = define(WIDGETS);
        ResourceType<CustomObject> type = type(definition, "v1");
        CustomObject widget = widget(type, Map.of());
        story.create(widget.withMetadata(ObjectMetaBuilder.builder(widget.metadata())
                .finalizers(List.of("example.com/hold"))
                .build()));

        story.delete(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, "", "widgets.example.com", null);
        story.settle();
        CustomResourceDefinition going = story.get(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, "", "widgets.example.com");
        ApiException late = catchThrowableOfType(
                ApiException.class,
                () -> story.create(widget.withMetadata(ObjectMetaBuilder.builder(widget.metadata())
                        .name("late")
                        .build())));

        assertThat(going.is("Terminating")).isTrue();
        assertThat(late).hasMessage("create not allowed while custom resource definition is terminating");

        story.edit(
                type,
                "default",
                "w",
                held -> held.withMetadata(ObjectMetaBuilder.builder(held.metadata())
                        .finalizers(List.of())
                        .build()));
        story.settle();

        assertThat(story.find(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, "", "widgets.example.com"))
                .isNull();
        assertThat(CustomTypes.find(story.store(), "example.com/v1", "Widget")).isEmpty();
        assertThat(story.store().count(type)).isZero();
        assertThat(story.store().find(type, new ObjectKey("default", "w"))).isEmpty();
    }
}
