package dev.orchestrator.runtime.handle;

import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldManager;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class FieldManagerTest {

    private static final FieldManager CI = FieldManager.named("ci");
    private static final FieldManager OPS = FieldManager.named("ops");

    private final Handles handles = new Handles();

    @Test
    void eachManagerOwnsWhatItApplies() {
        var maps = handles.cluster.configMaps();
        maps.apply(configMap("c").data("a", "1").data("b", "1"), CI);
        maps.apply(configMap("c").data("c", "1"), OPS);

        var applied = maps.apply(configMap("c").data("a", "2"), CI);

        assertThat(applied.data()).isEqualTo(Map.of("a", "2", "c", "1"));
        assertThat(maps.named("c").managedFields())
                .extracting(ManagedFieldsEntry::manager, ManagedFieldsEntry::fieldsV1)
                .containsExactlyInAnyOrder(
                        tuple("ci", Map.of("f:data", Map.of("f:a", Map.of()))),
                        tuple("ops", Map.of("f:data", Map.of("f:c", Map.of()))));
    }

    @Test
    void nobodyChangesWhatOthersOwnButByForce() {
        var maps = handles.cluster.configMaps();
        maps.apply(configMap("c").data("a", "1"), CI);

        assertThatThrownBy(() -> maps.apply(configMap("c").data("a", "2"), OPS))
                .isInstanceOf(ApiException.class)
                .hasMessage("Apply failed with 1 conflict: conflict with \"ci\": .data.a");
        assertThat(maps.apply(configMap("c").data("a", "2"), OPS.forced()).data())
                .isEqualTo(Map.of("a", "2"));
    }

    @Test
    void aManagerHasAName() {
        assertThatThrownBy(() -> FieldManager.named("")).isInstanceOf(IllegalArgumentException.class);
    }
}
