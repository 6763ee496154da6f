package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ObjectReferenceBuilder;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlicePlanTest {

    private static final List<EndpointPort> HTTP = List.of(new EndpointPort(null, "http", 8080, "TCP"));

    private static Endpoint endpoint(int number, boolean ready) {
        return EndpointBuilder.builder()
                .addresses(List.of("10.244.0." + number))
                .conditions(new EndpointConditions(ready, ready, false))
                .targetRef(ObjectReferenceBuilder.builder()
                        .kind("Pod")
                        .uid("uid-" + number)
                        .build())
                .build();
    }

    private static List<Endpoint> endpoints(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> endpoint(number, true))
                .toList();
    }

    private static EndpointSlice slice(String name, List<EndpointPort> ports, List<Endpoint> endpoints) {
        return EndpointSliceBuilder.builder()
                .metadata(Objects.meta("default", name))
                .addressType("IPv4")
                .ports(ports)
                .endpoints(endpoints)
                .build();
    }

    private static SlicePlan.Content content(List<Endpoint> endpoints) {
        return new SlicePlan.Content("IPv4", endpoints.isEmpty() ? List.of() : HTTP, endpoints);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing yet: one slice, half full         | 5  | ''     | 1 | 0 | 0
            more than fits: full ones and the rest    | 25 | ''     | 3 | 0 | 0
            nothing to do                             | 5  | 0-5    | 0 | 0 | 0
            one more goes where there is room         | 6  | 0-5    | 0 | 1 | 0
            no room: a new slice                      | 11 | 0-10   | 1 | 0 | 0
            many more: a full new one, the rest fits  | 18 | 0-7    | 1 | 1 | 0
            one less                                  | 4  | 0-5    | 0 | 1 | 0
            all gone: the slice becomes a placeholder | 0  | 0-5    | 0 | 1 | 0
            two halves are not merged                 | 10 | 0-5,5-10 | 0 | 0 | 0
            an emptied slice goes                     | 5  | 0-5,5-10 | 0 | 0 | 1
            """)
    void writesLittle(String scenario, int desired, String existing, int create, int update, int delete) {
        var slices = new ArrayList<EndpointSlice>();
        for (String range : existing.isEmpty() ? new String[0] : existing.split(",", -1)) {
            String[] bounds = range.split("-", 2);
            slices.add(slice(range, HTTP, endpoints(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1]))));
        }

        var plan = SlicePlan.of(List.of(content(endpoints(0, desired))), slices, 10);

        assertThat(plan.create()).as("created").hasSize(create);
        assertThat(plan.update()).as("updated").hasSize(update);
        assertThat(plan.delete()).as("deleted").hasSize(delete);
    }

    @Test
    void aChangedEndpointStaysWhereItIs() {
        var slices = List.of(slice("a", HTTP, endpoints(0, 3)), slice("b", HTTP, endpoints(3, 6)));
        var desired = new ArrayList<>(endpoints(0, 6));
        desired.set(4, endpoint(4, false));

        var plan = SlicePlan.of(List.of(content(desired)), slices, 10);

        assertThat(plan.update().keySet())
                .extracting(slice -> slice.metadata().name())
                .containsExactly("b");
        assertThat(plan.update().values().iterator().next().endpoints())
                .containsExactly(endpoint(3, true), endpoint(4, false), endpoint(5, true));
    }

    @Test
    void slicesOfOtherPortsAreReused() {
        var old = slice("a", List.of(new EndpointPort(null, "http", 80, "TCP")), endpoints(0, 3));

        var plan = SlicePlan.of(List.of(content(endpoints(0, 3))), List.of(old), 10);

        assertThat(plan.create()).isEmpty();
        assertThat(plan.delete()).isEmpty();
        assertThat(plan.update().get(old)).isEqualTo(content(endpoints(0, 3)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsEachEndpointOnceAndIsAtRestAfterOnePass(long seed) {
        var random = new SplittableRandom(seed);
        List<EndpointSlice> slices = List.of();
        for (int step = 0; step < 20; step++) {
            var desired = new ArrayList<Endpoint>();
            for (int number = 0; number < 40; number++) {
                if (random.nextInt(3) > 0) {
                    desired.add(endpoint(number, random.nextBoolean()));
                }
            }
            slices = applied(SlicePlan.of(List.of(content(desired)), slices, 10), slices, step);

            var held =
                    slices.stream().flatMap(slice -> slice.endpoints().stream()).toList();
            assertThat(held).as("seed %d step %d", seed, step).hasSameSizeAs(desired);
            assertThat(new HashSet<>(held)).as("seed %d step %d", seed, step).isEqualTo(new HashSet<>(desired));
            assertThat(slices).allSatisfy(slice -> assertThat(slice.endpoints()).hasSizeLessThanOrEqualTo(10));
            assertThat(SlicePlan.of(List.of(content(desired)), slices, 10).isEmpty())
                    .as("seed %d step %d", seed, step)
                    .isTrue();
        }
    }

    private static List<EndpointSlice> applied(SlicePlan plan, List<EndpointSlice> slices, int step) {
        var result = new ArrayList<EndpointSlice>();
        for (EndpointSlice slice : slices) {
            var updated = plan.update().get(slice);
            if (updated != null) {
                result.add(slice(slice.metadata().nameOrEmpty(), updated.ports(), updated.endpoints()));
            } else if (!plan.delete().contains(slice)) {
                result.add(slice);
            }
        }
        int number = 0;
        for (SlicePlan.Content created : plan.create()) {
            result.add(slice("s" + step + "-" + number++, created.ports(), created.endpoints()));
        }
        return Stream.of(result).flatMap(List::stream).toList();
    }
}
