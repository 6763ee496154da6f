package dev.orchestrator.runtime.claim;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimsTest {

    private final Pod kept = pod("kept", "web");
    private final Pod stranger = pod("stranger", "other");
    private final Pod orphan = pod("orphan", "web");
    private final Pod dying = PodBuilder.builder(orphan)
            .metadata(ObjectMetaBuilder.builder(orphan.metadata())
                    .deletionTimestamp(java.time.Instant.EPOCH)
                    .build())
            .build();

    private static Pod pod(String name, String app) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .labels(Map.of("app", app))
                        .build())
                .build();
    }

    private Claims<Pod> claims(boolean terminating) {
        return Claims.of(
                terminating,
                pod -> "web".equals(pod.metadata().labels().get("app")),
                List.of(kept, stranger),
                List.of(orphan, dying));
    }

    @Test
    void claimsOrphansAndReleasesStrangers() {
        assertThat(claims(false)).isEqualTo(new Claims<>(List.of(kept), List.of(orphan), List.of(stranger)));
    }

    @Test
    void anOwnerThatIsBeingDeletedNeitherTakesOverNorLetsGo() {
        assertThat(claims(true)).isEqualTo(new Claims<>(List.of(kept), List.of(), List.of()));
    }
}
