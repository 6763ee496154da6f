package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PodRequestsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing asked                                    | ''         | ''              | 0
            containers add up                                | 100m,250m  | ''              | 350
            one init container larger than all the rest      | 100m,250m  | 1               | 1000
            init containers run one after the other          | 100m       | 300m,200m       | 300
            a sidecar runs beside the containers             | 2          | S1              | 3000
            an init container runs beside an earlier sidecar | 2          | S1,3            | 4000
            but not beside a later one                       | 2          | 3,S500m         | 3000
            two sidecars and an init container between       | 1          | S100m,2,S200m   | 2100
            """)
    void addsUpWhatRunsAtTheSameTime(String scenario, String containers, String initContainers, long milliCpu) {
        PodSpec spec = PodSpecBuilder.builder()
                .containers(containers(containers))
                .initContainers(containers(initContainers))
                .build();

        assertThat(PodRequests.asked(spec).milliCpu()).as(scenario).isEqualTo(milliCpu);
    }

    private static List<Container> containers(String requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        return List.of(requests.split(",", -1)).stream()
                .map(request -> request.startsWith("S")
                        ? ContainerBuilder.builder(Objects.container("sidecar", "cpu=" + request.substring(1)))
                                .restartPolicy("Always")
                                .build()
                        : Objects.container("app", "cpu=" + request))
                .toList();
    }

    @Test
    void podLevelRequestsReplaceThoseOfTheContainersAndOverheadComesOnTop() {
        PodSpec spec = PodSpecBuilder.builder()
                .containers(List.of(Objects.container("app", "cpu=1", "memory=1Gi", "example.com/gpu=2")))
                .resources(ResourceRequirementsBuilder.builder()
                        .requests(Objects.amounts("cpu=3"))
                        .build())
                .overhead(Objects.amounts("cpu=250m", "memory=64Mi"))
                .build();

        ResourceAmounts requests = PodRequests.asked(spec);

        assertThat(requests.milliCpu()).isEqualTo(3250);
        assertThat(requests.memory()).isEqualTo((1024L + 64) << 20);
        assertThat(requests.extended()).containsOnly(java.util.Map.entry("example.com/gpu", 2L));
    }

    @Test
    void guessesForScoresWhatAContainerDoesNotSay() {
        PodSpec spec = PodSpecBuilder.builder()
                .containers(List.of(Objects.container("a"), Objects.container("b", "cpu=1")))
                .build();

        ResourceAmounts assumed = PodRequests.assumed(spec);

        assertThat(assumed.milliCpu()).isEqualTo(1100);
        assertThat(assumed.memory()).isEqualTo(400L << 20);
    }
}
