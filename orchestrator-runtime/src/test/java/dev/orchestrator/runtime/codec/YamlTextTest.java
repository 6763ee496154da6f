package dev.orchestrator.runtime.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class YamlTextTest {

    private static Object read(String yaml) {
        return YamlText.parse(yaml).getFirst().root();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scalars")
    void readsScalarsAsKubernetesDoes(String text, Object meaning) {
        assertThat(read("[" + text + "]")).isEqualTo(List.of(meaning));
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                arguments("yes", true),
                arguments("Off", false),
                arguments("y", true),
                arguments("'yes'", "yes"),
                arguments("\"8080\"", "8080"),
                arguments("!!str 80", "80"),
                arguments("0644", 420L),
                arguments("0o644", 420L),
                arguments("0x1F", 31L),
                arguments("0b11", 3L),
                arguments("1_000", 1000L),
                arguments("08", 8L),
                arguments("-12", -12L),
                arguments("1.0", 1L),
                arguments("1.5", 1.5),
                arguments("1e3", 1000L),
                arguments("12345678901234567890", new BigInteger("12345678901234567890")),
                arguments("12:30", "12:30"),
                arguments("190:20:30", "190:20:30"),
                arguments("2026-01-02", "2026-01-02"),
                arguments("1.2.3", "1.2.3"),
                arguments("500m", "500m"),
                arguments("~", JsonNull.NULL),
                arguments("Null", JsonNull.NULL),
                arguments("yEs", "yEs"),
                arguments("-", "-"));
    }

    @Test
    void readsSeveralDocumentsAndSkipsEmptyOnes() {
        assertThat(YamlText.parse("---\na: 1\n---\n# nothing\n---\nb: 2\n..."))
                .extracting(Document::root)
                .containsExactly(Map.of("a", 1L), Map.of("b", 2L));
    }

    @Test
    void readsAnchorsAndMergeKeys() {
        Object tree = read("base: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\nsame: *base\n");

        assertThat(tree)
                .isEqualTo(Map.of(
                        "base", Map.of("a", 1L, "b", 2L),
                        "more", Map.of("a", 1L, "b", 3L),
                        "same", Map.of("a", 1L, "b", 2L)));
    }

    @Test
    void readsBlockScalars() {
        assertThat(read("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: |+\n  x\n\n"))
                .isEqualTo(Map.of("a", "one\ntwo\n", "b", "one two", "c", "x\n\n"));
    }

    @Test
    void takesKeysThatAreNoTexts() {
        assertThat(read("{1: a, true: b}")).isEqualTo(Map.of("1", "a", "true", "b"));
    }

    @Test
    void refusesAliasesThatStandForTooMuch() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String previous = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + String.join(", ", Collections.nCopies(10, previous)))
                    .append("]\n");
        }

        assertThatThrownBy(() -> YamlText.parse(bomb.toString())).hasMessageContaining("excessive aliasing");
    }

    @Test
    void refusesAnAnchorThatContainsItself() {
        assertThatThrownBy(() -> YamlText.parse("a: &a [*a]"))
                .hasMessage("yaml: line 1: anchor 'a' value contains itself");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> YamlText.parse("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysInWhichLineTheTextStopsBeingYaml() {
        assertThatThrownBy(() -> YamlText.parse("a: 1\nb: c: d\n")).hasMessageStartingWith("yaml: line 2: ");
    }

    @Test
    void writesLikeKubectl() {
        Object tree = read("{metadata: {name: web, labels: {}}, list: [{name: a, port: 80}, b, [c, [d]], {}],"
                + " on: 'yes', v: '12', q: 'a: b', e: '', s: \"one\\ntwo\\n\", t: \" x\\ny\"}");

        assertThat(YamlWriter.write(tree)).isEqualTo("""
                        e: ""
                        list:
                        - name: a
                          port: 80
                        - b
                        - - c
                          - - d
                        - {}
                        metadata:
                          labels: {}
                          name: web
                        q: 'a: b'
                        s: |
                          one
                          two
                        t: " x\\ny"
                        "true": "yes"
                        v: "12"
                        """);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatItWrites(long seed) {
        Object tree = randomTree(new SplittableRandom(seed), 4);

        assertThat(read(YamlWriter.write(tree))).as("seed %d", seed).isEqualTo(tree);
        assertThat(JsonText.parse(JsonText.writeIndented(tree)).getFirst().root())
                .as("seed %d", seed)
                .isEqualTo(tree);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static Object randomTree(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth > 0 ? 6 : 4);
        return switch (kind) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean();
            case 2, 3 -> randomText(random);
            case 4 -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    map.put(randomText(random), randomTree(random, depth - 1));
                }
                yield map;
            }
            default -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(randomTree(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String randomText(SplittableRandom random) {
        String alphabet = "ab yn01-:#'\"\n\t{}[],&*!|>%@`?~.<=\\\u00e9\u0007\u2028\ud83d\ude00";
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int index = random.nextInt(alphabet.length() - 2);
            text.append(index == alphabet.length() - 3 ? "\ud83d\ude00" : alphabet.substring(index, index + 1));
        }
        return text.toString();
    }
}
