package dev.orchestrator.runtime.controller.garbage;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.configMap;
import static dev.orchestrator.runtime.story.Objects.namespace;
import static dev.orchestrator.runtime.story.Objects.owned;
import static dev.orchestrator.runtime.story.Objects.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class GarbageStoryTest {

    private final Story story = new Story(parts -> new GarbageCollector(parts.store(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    private ConfigMap root(String name) {
        return story.create(configMap("default", name));
    }

    private ConfigMap child(String name, Resource... owners) {
        var references = new OwnerReference[owners.length];
        for (int i = 0; i < owners.length; i++) {
            references[i] = ownedBy(owners[i]);
        }
        var plain = configMap("default", name);
        return story.create(plain.withMetadata(owned(plain.metadata(), references)));
    }

    private List<String> names() {
        return story.store().list(ResourceTypes.CONFIG_MAP).stream()
                .map(object -> object.metadata().nameOrEmpty())
                .toList();
    }

    @Test
    void deletesDependentsOfDependentsInTheBackground() throws InterruptedException {
        var root = root("root");
        var child = child("child", root);
        child("grandchild", child);
        root("stranger");
        story.settle();
        assertThat(names()).hasSize(4);

        story.delete(ResourceTypes.CONFIG_MAP, "default", "root", "Background");
        story.settle();

        assertThat(names()).containsExactly("stranger");
    }

    @Test
    void keepsADependentThatHasAnotherOwner() throws InterruptedException {
        var one = root("one");
        var two = root("two");
        child("child", one, two);

        story.delete(ResourceTypes.CONFIG_MAP, "default", "one", "Background");
        story.settle();

        assertThat(names()).containsExactly("child", "two");
        assertThat(story.get(ResourceTypes.CONFIG_MAP, "default", "child")
                        .metadata()
                        .ownerReferences())
                .extracting(OwnerReference::name)
                .containsExactly("two");
    }

    @Test
    void theOwnerGoesAfterItsDependentsInTheForeground() throws InterruptedException {
        var root = root("root");
        var held = child("child", root);
        story.edit(
                ResourceTypes.CONFIG_MAP,
                "default",
                "child",
                object -> object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                        .finalizers(List.of("example.com/hold"))
                        .build()));

        story.delete(ResourceTypes.CONFIG_MAP, "default", "root", "Foreground");
        story.settle();

        assertThat(names()).containsExactly("child", "root");
        assertThat(story.get(ResourceTypes.CONFIG_MAP, "default", "child")
                        .metadata()
                        .isTerminating())
                .isTrue();

        story.edit(
                ResourceTypes.CONFIG_MAP,
                "default",
                held.metadata().nameOrEmpty(),
                object -> object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                        .finalizers(List.of())
                        .build()));
        story.settle();

        assertThat(names()).isEmpty();
    }

    @Test
    void anOwnerWithoutDependentsGoesAtOnceInTheForeground() throws InterruptedException {
        root("root");

        story.delete(ResourceTypes.CONFIG_MAP, "default", "root", "Foreground");
        story.settle();

        assertThat(names()).isEmpty();
    }

    @Test
    void orphansAreLetGo() throws InterruptedException {
        var root = root("root");
        child("child", root);

        story.delete(ResourceTypes.CONFIG_MAP, "default", "root", "Orphan");
        story.settle();

        assertThat(names()).containsExactly("child");
        assertThat(story.get(ResourceTypes.CONFIG_MAP, "default", "child")
                        .metadata()
                        .ownerReferences())
                .isEmpty();
    }

    @Test
    void collectsWhatNamesAnOwnerThatIsNotThere() throws InterruptedException {
        var root = root("root");
        var plain = configMap("default", "lost");
        var impostor = new OwnerReference("v1", null, true, "ConfigMap", "root", "another-uid");
        story.create(plain.withMetadata(owned(plain.metadata(), impostor)));
        story.settle();

        assertThat(names()).containsExactly(root.metadata().nameOrEmpty());
        assertThat(story.events()).isEmpty();
    }

    @Test
    void anOwnerInAnotherNamespaceIsNoOwner() throws InterruptedException {
        story.create(namespace("default"));
        story.create(namespace("other"));
        var owner = story.create(configMap("other", "root"));
        child("child", owner);
        story.settle();

        assertThat(names()).containsExactly("root");
        assertThat(story.events())
                .containsExactly("Warning OwnerRefInvalidNamespace default/child: ownerRef [v1/ConfigMap,"
                        + " namespace: default, name: root, uid: "
                        + owner.metadata().uid()
                        + "] does not exist in namespace \"default\"");
    }

    @Test
    void twoThatOwnEachOtherStillGo() throws InterruptedException {
        var one = root("one");
        var two = child("two", one);
        story.edit(
                ResourceTypes.CONFIG_MAP,
                "default",
                "one",
                object -> object.withMetadata(owned(object.metadata(), ownedBy(two))));

        story.delete(ResourceTypes.CONFIG_MAP, "default", "one", "Foreground");
        story.settle();

        assertThat(names()).isEmpty();
    }

    @Test
    void leavesObjectsOfUnknownOwnersAlone() throws InterruptedException {
        var plain = configMap("default", "child");
        var custom = new OwnerReference("example.com/v1", null, true, "Widget", "w", "u");
        story.create(plain.withMetadata(owned(plain.metadata(), custom)));
        story.settle();

        assertThat(names()).containsExactly("child");
    }
}
