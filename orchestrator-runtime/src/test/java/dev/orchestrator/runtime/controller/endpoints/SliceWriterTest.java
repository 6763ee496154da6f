package dev.orchestrator.runtime.controller.endpoints;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.story.Objects.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SliceWriterTest {

    @Test
    void aSliceThatDisappearsMeanwhileIsAConflictLikeAnyOther() throws InterruptedException {
        try (var story = new Story(parts -> new EndpointsController(parts.store()))) {
            Service web = story.create(service("web", "8080", "app=web"));
            story.settle();
            var writer = new SliceWriter(story.store(), new OwnWrites(), SliceReconciler.MANAGER);
            var existing = writer.existing(web.key());
            assertThat(existing).hasSize(1);
            story.delete(
                    ResourceTypes.ENDPOINT_SLICE,
                    "default",
                    existing.getFirst().metadata().nameOrEmpty(),
                    null);

            var plan = new SlicePlan(List.of(), Map.of(), List.of());
            var marks = new SliceWriter.Marks(Map.of("tier", "front"), Map.of());

            assertThatThrownBy(() -> writer.apply(web, marks, plan, existing))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(ApiException.class))
                    .extracting(ApiException::reason)
                    .isEqualTo(ApiException.Reason.CONFLICT);
        }
    }
}
