package dev.orchestrator.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":{\"b\":[1,2147483648,123456789012345678901234567890,1.5,true,false,null,\"äö\\n\"]},\"c\":[]}",
                "\"text\"",
                "7",
                "null"
            })
    void readsWhatTheMapperReads(String text) throws IOException {
        assertThat(Json.read(text)).isEqualTo(new ObjectMapper().readTree(text));
    }

    @Test
    void readsOneValueAfterTheOther() throws IOException {
        var in = new ByteArrayInputStream("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8));
        try (Json.Values values = Json.values(in)) {
            assertThat(values.next()).hasToString("{\"a\":1}");
            assertThat(values.next()).hasToString("{\"a\":2}");
            assertThat(values.next()).isNull();
        }
    }

    @Test
    void readsNothingOutOfNothing() throws IOException {
        assertThat(Json.read("").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\":", "nonsense", "}"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Json.read(text));
    }

    @Test
    void writesMapsListsAndValues() {
        var map = new TreeMap<>(Map.of("labels", List.of("a=\"b\""), "number", 7, "truth", true));

        assertThat(Json.text(map)).isEqualTo("{\"labels\":[\"a=\\\"b\\\"\"],\"number\":7,\"truth\":true}");
    }
}
