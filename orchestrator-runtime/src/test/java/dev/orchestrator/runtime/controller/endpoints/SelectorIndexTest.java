package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SelectorIndexTest {

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatTryingAllServicesFinds(long seed) {
        var random = new SplittableRandom(seed);
        var index = new SelectorIndex();
        var services = new HashMap<ObjectKey, Service>();
        for (int step = 0; step < 200; step++) {
            Service service = Objects.service("s" + random.nextInt(20), "80", labels(random));
            if (random.nextInt(4) == 0) {
                services.remove(service.key());
                index.remove(service.key());
            } else {
                services.put(service.key(), service);
                index.put(service);
            }
            Pod pod = Objects.labelled(Objects.pod("p"), labels(random));

            var expected = new HashSet<ObjectKey>();
            for (Service candidate : services.values()) {
                Map<String, String> selector = candidate.spec().selector();
                if (!selector.isEmpty() && pod.metadata().labels().entrySet().containsAll(selector.entrySet())) {
                    expected.add(candidate.key());
                }
            }
            assertThat(index.selecting(pod)).as("seed %d step %d", seed, step).isEqualTo(expected);
        }
    }

    private static String[] labels(SplittableRandom random) {
        List<String> labels = new ArrayList<>();
        for (String key : List.of("app", "tier", "zone")) {
            if (random.nextInt(3) > 0) {
                labels.add(key + "=" + random.nextInt(3));
            }
        }
        return labels.toArray(String[]::new);
    }
}
