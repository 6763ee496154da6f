package dev.orchestrator.runtime.network.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointPickerTest {

    /** r = ready, s = serving, t = terminating; each word is an endpoint, named by its place. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing at all                         | ''         | ''
            all ready                              | rs rs      | 0 1
            only the ready one                     | rs - t     | 0
            ready before serving and terminating   | st rs      | 1
            last resort: serving and terminating   | st - t st  | 0 3
            terminating and not serving is useless | t t        | ''
            serving but neither ready nor leaving  | s          | ''
            published though not ready             | rt -       | 0
            """)
    void letsOnlyTheseTakeNewConnections(String scenario, String endpoints, String expected) {
        List<Backend> backends = backends(words(endpoints).toArray(String[]::new));

        List<Backend> eligible = EndpointPicker.eligible(backends);

        assertThat(eligible)
                .as(scenario)
                .containsExactlyElementsOf(words(expected)
                        .map(place -> backends.get(Integer.parseInt(place)))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            idle before busy          | 1 0 2 | ''    | 1
            ties are all possible     | 1 1 2 | ''    | 0 1
            not one that was tried    | 1 0 2 | 1     | 0
            the last one left         | 1 0 2 | 0 1   | 2
            none left                 | 1 0   | 0 1   | ''
            none at all               | ''    | ''    | ''
            """)
    void choosesTheLeastLoaded(String scenario, String loads, String tried, String expected) {
        List<Backend> backends = backends(words(loads).map(load -> "rs").toArray(String[]::new));
        int[] load = words(loads).mapToInt(Integer::parseInt).toArray();
        IntStream.range(0, load.length)
                .forEach(i ->
                        IntStream.range(0, load[i]).forEach(n -> backends.get(i).add(new NoSession())));

        Map<Backend, Integer> chosen = draw(backends, tried, Balancing.LEAST_CONNECTIONS);

        assertThat(chosen.keySet())
                .as(scenario)
                .containsExactlyInAnyOrderElementsOf(words(expected)
                        .map(place -> backends.get(Integer.parseInt(place)))
                        .toList());
    }

    @Test
    void choosesAtRandomWithEqualChances() {
        List<Backend> backends = backends("rs", "rs", "rs", "rs");

        Map<Backend, Integer> fresh = draw(backends, "", Balancing.RANDOM);
        Map<Backend, Integer> retry = draw(backends, "2", Balancing.RANDOM);

        assertThat(fresh).hasSize(4);
        assertThat(fresh.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
        assertThat(retry).hasSize(3).doesNotContainKey(backends.get(2));
        assertThat(retry.values()).allSatisfy(count -> assertThat(count).isBetween(550, 790));
    }

    private static Map<Backend, Integer> draw(List<Backend> backends, String tried, Balancing balancing) {
        var random = new SplittableRandom(42);
        List<Backend> excluded =
                words(tried).map(place -> backends.get(Integer.parseInt(place))).toList();
        Map<Backend, Integer> chosen = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            Backend backend = EndpointPicker.pick(backends, excluded, balancing, random);
            if (backend != null) {
                chosen.merge(backend, 1, Integer::sum);
            }
        }
        return chosen;
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }

    private static List<Backend> backends(String... flags) {
        return IntStream.range(0, flags.length)
                .mapToObj(i -> new Backend(new Endpoint(
                        new EndpointId("pod-" + i),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + i),
                        flags[i].contains("r"),
                        flags[i].contains("s"),
                        flags[i].contains("t"))))
                .toList();
    }

    private static final class NoSession implements Session {
        @Override
        public void reset() {}
    }
}
