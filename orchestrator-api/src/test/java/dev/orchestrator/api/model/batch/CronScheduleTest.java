package dev.orchestrator.api.model.batch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CronScheduleTest {

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
        * * * * *             | 2012-07-09T14:45:00Z | 2012-07-09T14:46:00Z
        * * * * *             | 2012-07-09T14:59:59Z | 2012-07-09T15:00:00Z
        */15 * * * *          | 2012-07-09T14:45:00Z | 2012-07-09T15:00:00Z
        20-35/15 * * * *      | 2012-07-09T15:45:00Z | 2012-07-09T16:20:00Z
        5/20 * * * *          | 2012-07-09T15:30:00Z | 2012-07-09T15:45:00Z
        0,30 8-10 * * *       | 2012-07-09T10:30:00Z | 2012-07-10T08:00:00Z
        0 0 9 Apr-Oct *       | 2012-10-10T00:00:00Z | 2013-04-09T00:00:00Z
        30 6 * * mon-FRI      | 2012-07-06T07:00:00Z | 2012-07-09T06:30:00Z
        0 0 * * 0             | 2012-07-09T00:00:00Z | 2012-07-15T00:00:00Z
        0 0 1 * mon           | 2012-07-17T00:00:00Z | 2012-07-23T00:00:00Z
        0 0 1 * mon           | 2012-07-30T00:00:00Z | 2012-08-01T00:00:00Z
        0 0 */2 * mon         | 2012-07-10T00:00:00Z | 2012-07-11T00:00:00Z
        0 0 ? * mon           | 2012-07-10T00:00:00Z | 2012-07-16T00:00:00Z
        0 0 29 2 *            | 2012-03-01T00:00:00Z | 2016-02-29T00:00:00Z
        0 0 31 * *            | 2012-03-31T00:00:00Z | 2012-05-31T00:00:00Z
        @hourly               | 2012-07-09T14:45:00Z | 2012-07-09T15:00:00Z
        @daily                | 2012-07-09T14:45:00Z | 2012-07-10T00:00:00Z
        @midnight             | 2012-07-09T00:00:00Z | 2012-07-10T00:00:00Z
        @weekly               | 2012-07-09T14:45:00Z | 2012-07-15T00:00:00Z
        @monthly              | 2012-07-09T14:45:00Z | 2012-08-01T00:00:00Z
        @yearly               | 2012-07-09T14:45:00Z | 2013-01-01T00:00:00Z
        @every 1h30m          | 2012-07-09T14:45:10Z | 2012-07-09T16:15:10Z
        @every 100ms          | 2012-07-09T14:45:10Z | 2012-07-09T14:45:11Z
        TZ=Asia/Tokyo 0 9 * * * | 2012-07-09T00:00:00Z | 2012-07-10T00:00:00Z
        """)
    void knowsTheNextTime(String schedule, Instant after, Instant next) {
        assertThat(CronSchedule.parse(schedule).next(after, ZoneOffset.UTC)).contains(next);
    }

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
        a skipped hour is left out        | 30 2 11 Mar ?  | 2012-03-11T00:00:00-05:00 | 2013-03-11T02:30:00-04:00
        every hour, where one is skipped  | 0 * * * *      | 2012-03-11T01:00:00-05:00 | 2012-03-11T03:00:00-04:00
        the day after                     | 30 2 * * *     | 2012-03-11T00:00:00-05:00 | 2012-03-12T02:30:00-04:00
        before a repeated hour            | 30 1 * * *     | 2012-11-04T00:00:00-04:00 | 2012-11-04T01:30:00-04:00
        in a repeated hour                | 30 1 * * *     | 2012-11-04T01:45:00-04:00 | 2012-11-04T01:30:00-05:00
        after a repeated hour             | 30 1 * * *     | 2012-11-04T01:45:00-05:00 | 2012-11-05T01:30:00-05:00
        hours after a repeated one        | 0 3 * * *      | 2012-11-04T00:00:00-04:00 | 2012-11-04T03:00:00-05:00
        """)
    void followsTheClocksOfNewYork(String scenario, String schedule, OffsetDateTime after, OffsetDateTime next) {
        assertThat(CronSchedule.parse(schedule).next(after.toInstant(), ZoneId.of("America/New_York")))
                .as(scenario)
                .contains(next.toInstant());
    }

    @Test
    void aDayThatHasNoMidnightHasNoRunAtMidnight() {
        // In 2018 the clocks of Sao Paulo went from 23:59 to 01:00 in the night to the 4th of November.
        var midnight = CronSchedule.parse("0 0 * * *");
        var zone = ZoneId.of("America/Sao_Paulo");
        List<String> runs = new ArrayList<>();
        Instant time = Instant.parse("2018-11-02T12:00:00Z");
        for (int i = 0; i < 3; i++) {
            time = midnight.next(time, zone).orElseThrow();
            runs.add(time.atZone(zone).toLocalDateTime().toString());
        }

        assertThat(runs).containsExactly("2018-11-03T00:00", "2018-11-05T00:00", "2018-11-06T00:00");
    }

    @Test
    void aDateThatNeverComesHasNoNextTime() {
        assertThat(CronSchedule.parse("0 0 31 2 *").next(Instant.EPOCH, ZoneOffset.UTC))
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        * * * *          | expected exactly 5 fields, found 4: [* * * *]
        * * * * * *      | expected exactly 5 fields, found 6: [* * * * * *]
        60 * * * *       | end of range (60) above maximum (59): 60
        * 5-3 * * *      | beginning of range (5) beyond end of range (3): 5-3
        * * 0 * *        | beginning of range (0) below minimum (1): 0
        * * * * 7        | end of range (7) above maximum (6): 7
        * * * foo *      | failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax
        1-2-3 * * * *    | too many hyphens: 1-2-3
        1/2/3 * * * *    | too many slashes: 1/2/3
        */0 * * * *      | step of range should be a positive number: */0
        @never           | unrecognized descriptor: @never
        @every 5         | failed to parse duration @every 5: time: missing unit in duration "5"
        @every soon      | failed to parse duration @every soon: time: invalid duration "soon"
        TZ=Moon 0 0 * * * | provided bad location Moon: unknown time zone Moon
        """)
    void saysWhatIsWrong(String schedule, String message) {
        assertThatThrownBy(() -> CronSchedule.parse(schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
