package dev.orchestrator.api.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The grammar, the canonical form and the arithmetic of amounts. */
class QuantityTest {

    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0Ki, 0",
        "0e30, 0",
        "1, 1",
        "+1, 1",
        "-1, -1",
        "1000m, 1",
        "1500m, 1500m",
        "1.5, 1500m",
        "-1.5, -1500m",
        ".5, 500m",
        "5., 5",
        "0.1u, 100n",
        "0.0000000001, 1n",
        "-0.0000000001, -1n",
        "999999999.9999999999, 1G",
        "0.000000001, 1n",
        "1.000000001, 1000000001n",
        "10.000001, 10000001u",
        "1000, 1k",
        "1024, 1024",
        "1001000, 1001k",
        "12E, 9223372036854775807",
        "9E, 9E",
        "-12E, -9223372036854775807",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775807.5, 9223372036854775807",
        "9223372036854775806.5, 9223372036854775806500m",
        "99999999999999999999, 9223372036854775807",
        "0.00000000000000000000000000001, 1n",
        "00000000000000000000000000001, 1",
        "1Ki, 1Ki",
        "1024Ki, 1Mi",
        "0.5Ki, 512",
        "1.5Gi, 1536Mi",
        "0.5Mi, 512Ki",
        "1025.5Ki, 1050112",
        "1000.0000001Ki, 1024001",
        "-1000.0000001Ki, -1024001",
        "7Ei, 7Ei",
        "8Ei, 9223372036854775807",
        "100Ei, 9223372036854775807",
        "1.123456789012345678Ei, 1295257491548890609",
        "1e3, 1e3",
        "1E3, 1e3",
        "15e-1, 1500e-3",
        "1e-12, 1e-9",
        "12e2, 1200",
        "1e0, 1",
        "1e18, 1e18",
        "1e19, 9223372036854775807",
        "1e999, 9223372036854775807",
        "1e-99, 1e-9"
    })
    void theCanonicalFormIsKubernetes(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "Ki", "1.2.3", "1 ", " 1", "1m1", "--1", "1Ki2", "1e1.5", "0x1"})
    void whatIsNoQuantityIsRefused(String text) {
        assertThatThrownBy(() -> Quantity.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quantit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1mi", "1Kb", "1ki", "1e", "1e+", "1e12345", "1nm"})
    void whatHasNoKnownSuffixIsRefused(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).hasMessage("unable to parse quantity's suffix");
    }

    @Test
    void amountsAreEqualWhateverTheirNotation() {
        assertThat(Quantity.parse("1000m")).isEqualTo(Quantity.of(1)).hasSameHashCodeAs(Quantity.parse("1e0"));
        assertThat(Quantity.parse("1Ki")).isEqualTo(Quantity.parse("1024")).isNotEqualTo(Quantity.parse("1k"));
    }

    @Test
    void anAmountOfLongsLimitsIsExact() {
        assertThat(Quantity.of(Long.MIN_VALUE)).hasToString("-9223372036854775807");
        assertThat(Quantity.ofMilli(Long.MIN_VALUE)).hasToString("-9223372036854775808m");
        assertThat(Quantity.of(Long.MAX_VALUE).milli()).isEqualTo(Long.MAX_VALUE);
        assertThat(Quantity.of(Long.MIN_VALUE).milli()).isEqualTo(Long.MIN_VALUE);
        assertThat(Quantity.ofBytes(Long.MAX_VALUE).plus(Quantity.parse("1n"))).isEqualTo(Quantity.of(Long.MAX_VALUE));
        assertThat(Quantity.of(-Long.MAX_VALUE).minus(Quantity.parse("1n"))).isEqualTo(Quantity.of(-Long.MAX_VALUE));
    }

    @Test
    void arithmeticAgreesWithExactNumbers() {
        var random = new SplittableRandom(20_261_121);
        List<Quantity> some = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = text(random);
            Quantity quantity = Quantity.parse(text);
            BigDecimal exact = exact(text);
            assertThat(quantity.amount()).as(text).isEqualByComparingTo(exact);
            assertThat(quantity.ceiling()).as(text).isEqualTo(rounded(exact));
            assertThat(quantity.milli()).as(text).isEqualTo(rounded(exact.movePointRight(3)));
            assertThat(quantity.isWhole())
                    .as(text)
                    .isEqualTo(exact.stripTrailingZeros().scale() <= 0);
            assertThat(quantity.roundedUpToMilli().amount())
                    .as(text)
                    .isEqualByComparingTo(clamped(exact.setScale(3, RoundingMode.CEILING)));
            assertThat(Quantity.parse(quantity.toString()).amount())
                    .as(text)
                    .isEqualByComparingTo(
                            quantity.toString().endsWith("i") ? exact.setScale(0, RoundingMode.UP) : exact);
            some.add(quantity);
        }
        for (Quantity a : some) {
            for (Quantity b : some) {
                assertThat(a.plus(b).amount())
                        .as("%s + %s", a, b)
                        .isEqualByComparingTo(clamped(a.amount().add(b.amount())));
                assertThat(a.minus(b).amount())
                        .as("%s - %s", a, b)
                        .isEqualByComparingTo(clamped(a.amount().subtract(b.amount())));
                assertThat(Integer.signum(a.compareTo(b))).isEqualTo(a.amount().compareTo(b.amount()));
            }
        }
    }

    private static String text(SplittableRandom random) {
        String sign = random.nextInt(3) == 0 ? "-" : "";
        long whole = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);
        String fraction = random.nextBoolean() ? "." + random.nextInt(1_000_000_000) : "";
        return sign + whole + fraction;
    }

    private static BigDecimal exact(String text) {
        return clamped(new BigDecimal(text).setScale(9, RoundingMode.UP));
    }

    private static BigDecimal clamped(BigDecimal amount) {
        return amount.min(MAX).max(MAX.negate());
    }

    private static long rounded(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.CEILING).min(MAX);
        return whole.max(BigDecimal.valueOf(Long.MIN_VALUE)).longValue();
    }
}
