package dev.orchestrator.runtime.kubelet.env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvFileTest {

    private static final String FILE = """
            # where to go
            URL='http://db:5432/#top'

            EMPTY=''
            KEY='one
            two'   # goes on
            URL='too late'
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"URL, http://db:5432/#top", "EMPTY, ''", "ABSENT,"})
    void findsTheFirstValue(String name, String value) throws EnvFile.MalformedException {
        assertThat(EnvFile.value(FILE, name)).isEqualTo(value);
    }

    @Test
    void aValueMayHaveSeveralLines() throws EnvFile.MalformedException {
        assertThat(EnvFile.value(FILE, "KEY")).isEqualTo("one\ntwo");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            value = {"A=1", "A=\"1\"", "A ='1'", "A= '1'", "A='1", "='1'", "just words", "A='1' 2"})
    void refusesWhatIsNotAQuotedValue(String line) {
        assertThatThrownBy(() -> EnvFile.value(line, "B")).isInstanceOf(EnvFile.MalformedException.class);
    }
}
