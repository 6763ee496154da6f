package dev.orchestrator.runtime.controller.job;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class IndexSetTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        nothing                    | -         | ''       | 0
        one index                  | 3         | 3        | 1
        two neighbours             | 3,4       | 3,4      | 2
        a range                    | 1-3       | 1-3      | 3
        ranges that touch          | 0-2,3-5   | 0-5      | 6
        an end beyond the job      | 7-20      | 7-9      | 3
        all of it beyond the job   | 12,14-15  | ''       | 0
        what makes no sense        | x,2,4-y   | 2        | 1
        """)
    void readsAndWritesRanges(String scenario, String text, String written, int total) {
        var set = IndexSet.parse(text, 10);

        assertThat(set).as(scenario).hasToString(written);
        assertThat(set.total()).as(scenario).isEqualTo(total);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isASetOfNumbers(long seed) {
        var random = new SplittableRandom(seed);
        var plain = new TreeSet<Integer>();
        var other = new TreeSet<Integer>();
        int bound = 1 + random.nextInt(40);
        for (int i = random.nextInt(30); i > 0; i--) {
            plain.add(random.nextInt(bound));
            other.add(random.nextInt(bound));
        }
        IndexSet set = IndexSet.EMPTY.with(plain);
        IndexSet others = IndexSet.EMPTY.with(other);
        var both = new TreeSet<>(plain);
        both.addAll(other);
        var shared = new TreeSet<>(plain);
        shared.retainAll(other);
        List<Integer> outside = java.util.stream.IntStream.range(0, bound)
                .boxed()
                .filter(index -> !plain.contains(index))
                .limit(5)
                .toList();

        assertThat(set.total()).as("seed %d", seed).isEqualTo(plain.size());
        assertThat(IndexSet.parse(set.toString(), bound)).as("seed %d", seed).isEqualTo(set);
        assertThat(set.with(others)).as("seed %d", seed).isEqualTo(IndexSet.EMPTY.with(both));
        assertThat(set.shared(others)).as("seed %d", seed).isEqualTo(shared.size());
        assertThat(set.firstOutside(5, bound)).as("seed %d", seed).isEqualTo(outside);
        for (int i = 0; i < bound; i++) {
            assertThat(set.contains(i)).as("seed %d, index %d", seed, i).isEqualTo(plain.contains(i));
        }
    }
}
