package dev.orchestrator.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.DrainOptions;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.podDisruptionBudget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HandleStoriesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void copiesDirectoriesIntoAContainerAndOutAgain(@TempDir Path directory) throws Exception {
        Path source = Files.createDirectories(directory.resolve("in/it's deep"));
        Files.writeString(source.resolve("a.txt"), "one\ntwo");
        Files.writeString(directory.resolve("in/.hidden"), "");
        try (Orchestrator cluster = Orchestrator.start(new InMemoryDriver())) {
            cluster.apply(pod("p").container("c", "busybox"));
            var pod = cluster.pods().named("p").awaitReady(PATIENCE);

            pod.copyTo("c", directory.resolve("in"), "/data/x").copyFrom("c", "/data/x", directory.resolve("out"));

            assertThat(directory.resolve("out/it's deep/a.txt")).hasContent("one\ntwo");
            assertThat(directory.resolve("out/.hidden")).isEmptyFile();
            assertThatThrownBy(() -> pod.copyFrom("c", "/none", directory.resolve("none")))
                    .hasMessage("pod default/p: container c: can not copy \"/none\": No such file or directory");
            assertThatThrownBy(() -> pod.copyTo("d", directory.resolve("in"), "/x"))
                    .hasMessage("container d is not valid for pod p");
            assertThat(pod.top()).extracting(ContainerUsage::container).containsExactly("c");
        }
    }

    @Test
    void drainsANodeWithoutGoingBelowTheBudget() throws Exception {
        var driver = InMemoryDriver.builder().nodes(2).build();
        try (Orchestrator cluster = Orchestrator.start(driver)) {
            cluster.apply(
                    deployment("web").replicas(4).container("c", "nginx"),
                    podDisruptionBudget("web")
                            .spec(spec -> PodDisruptionBudgetSpecBuilder.builder(spec)
                                    .minAvailable(IntOrString.of(3))
                                    .selector(new LabelSelector(List.of(), Map.of("app", "web")))
                                    .build()));
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
            var node = cluster.nodes().handles().getFirst();

            node.drain(DrainOptions.STANDARD, PATIENCE);

            assertThat(node.pods()).isEmpty();
            cluster.deployments().named("web").awaitAvailable(PATIENCE);
        }
    }
}
