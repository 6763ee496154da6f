package dev.orchestrator.runtime.controller.namespace;

import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.NamespaceCondition;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.serviceaccount.ServiceAccountController;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.configMap;
import static dev.orchestrator.runtime.story.Objects.meta;
import static dev.orchestrator.runtime.story.Objects.namespace;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class NamespaceStoryTest {

    private final Story story = new Story(
            parts -> new NamespaceController(parts.store(), parts.time()),
            parts -> new ServiceAccountController(parts.store()));

    @AfterEach
    void close() {
        story.close();
    }

    private String condition(String type) {
        for (NamespaceCondition condition :
                story.get(ResourceTypes.NAMESPACE, "", "shop").status().conditions()) {
            if (condition.type().equals(type)) {
                return condition.status() + " " + condition.reason() + ": " + condition.message();
            }
        }
        return "absent";
    }

    @Test
    void everyNamespaceHasADefaultServiceAccount() throws InterruptedException {
        SystemNamespaces.ensure(story.store());
        SystemNamespaces.ensure(story.store());
        story.settle();

        assertThat(story.store().list(ResourceTypes.NAMESPACE))
                .extracting(namespace -> namespace.metadata().name())
                .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
        assertThat(story.store().list(ResourceTypes.SERVICE_ACCOUNT)).hasSize(4);

        story.delete(ResourceTypes.SERVICE_ACCOUNT, "default", "default", null);
        story.settle();

        assertThat(story.find(ResourceTypes.SERVICE_ACCOUNT, "default", "default"))
                .isNotNull();
    }

    @Test
    void aDeletedNamespaceGoesWithAllThatIsInIt() throws InterruptedException {
        story.create(namespace("shop"));
        story.create(namespace("other"));
        for (int i = 0; i < 50; i++) {
            story.create(configMap("shop", "c" + i));
        }
        story.create(configMap("other", "kept"));
        story.settle();

        story.delete(ResourceTypes.NAMESPACE, "", "shop", null);
        story.settle();

        assertThat(story.find(ResourceTypes.NAMESPACE, "", "shop")).isNull();
        assertThat(story.store().inNamespace("shop")).isEmpty();
        assertThat(story.find(ResourceTypes.CONFIG_MAP, "other", "kept")).isNotNull();
    }

    @Test
    void saysWhatItWaitsFor() throws InterruptedException {
        story.create(namespace("shop"));
        var held = configMap("shop", "held");
        story.create(held.withMetadata(ObjectMetaBuilder.builder(held.metadata())
                .finalizers(List.of("example.com/hold"))
                .build()));
        story.settle();

        story.delete(ResourceTypes.NAMESPACE, "", "shop", null);
        story.settle();

        assertThat(story.get(ResourceTypes.NAMESPACE, "", "shop").status().phase())
                .isEqualTo("Terminating");
        assertThat(condition("NamespaceContentRemaining"))
                .isEqualTo("True SomeResourcesRemain: Some resources are remaining:"
                        + " configmaps. has 1 resource instances");
        assertThat(condition("NamespaceFinalizersRemaining"))
                .isEqualTo("True SomeFinalizersRemain: Some content in the namespace has finalizers remaining:"
                        + " example.com/hold in 1 resource instances");
        assertThat(condition("NamespaceDeletionContentFailure"))
                .isEqualTo("False ContentDeleted: All content successfully deleted, may be waiting on finalization");

        story.edit(
                ResourceTypes.CONFIG_MAP,
                "shop",
                "held",
                object -> object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                        .finalizers(List.of())
                        .build()));
        story.settle();

        assertThat(story.find(ResourceTypes.NAMESPACE, "", "shop")).isNull();
    }

    @Test
    void podsStopBeforeTheRestIsDeleted() throws InterruptedException {
        story.create(namespace("shop"));
        story.create(configMap("shop", "settings"));
        story.create(with(pod("web"), spec -> spec.nodeName("a").terminationGracePeriodSeconds(30L))
                .withMetadata(meta("shop", "web")));
        story.settle();

        story.delete(ResourceTypes.NAMESPACE, "", "shop", null);
        story.settle();

        assertThat(story.get(ResourceTypes.POD, "shop", "web").metadata().isTerminating())
                .isTrue();
        assertThat(story.get(ResourceTypes.CONFIG_MAP, "shop", "settings")
                        .metadata()
                        .isTerminating())
                .isFalse();

        story.delete(ResourceTypes.POD, "shop", "web", null);
        story.settle();

        assertThat(story.store().find(ResourceTypes.NAMESPACE, ObjectKey.cluster("shop")))
                .isEmpty();
    }
}
