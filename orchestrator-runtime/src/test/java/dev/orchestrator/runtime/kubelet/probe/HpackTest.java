package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HpackTest {

    private static List<String> decode(Hpack hpack, String hex) throws IOException {
        var headers = new ArrayList<String>();
        hpack.decode(HexFormat.of().parseHex(hex.replace(" ", "")), (name, value) -> headers.add(name + "=" + value));
        return headers;
    }

    @Test
    void theCodeLengthsFillTheCodeSpaceExactly() {
        double space = 0;
        for (int length : HpackHuffman.LENGTHS) {
            space += Math.pow(2, -length);
        }

        assertThat(HpackHuffman.LENGTHS).hasSize(257);
        assertThat(space).isEqualTo(1.0);
    }

    @Test
    void readsTheResponsesOfTheSpecification() throws IOException {
        var hpack = new Hpack();

        // RFC 7541, C.6.1 and C.6.2: with Huffman coding, the second refers to the first.
        assertThat(decode(
                        hpack,
                        "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e"
                                + " 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"))
                .containsExactly(
                        ":status=302",
                        "cache-control=private",
                        "date=Mon, 21 Oct 2013 20:13:21 GMT",
                        "location=https://www.example.com");
        assertThat(decode(hpack, "4883 640e ffc1 c0bf"))
                .containsExactly(
                        ":status=307",
                        "cache-control=private",
                        "date=Mon, 21 Oct 2013 20:13:21 GMT",
                        "location=https://www.example.com");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        var block = new ByteArrayOutputStream();
        Hpack.literal(block, "grpc-status", "0");
        Hpack.literal(block, "x-long", "v".repeat(300));

        assertThat(decode(new Hpack(), HexFormat.of().formatHex(block.toByteArray())))
                .containsExactly("grpc-status=0", "x-long=" + "v".repeat(300));
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> decode(new Hpack(), "ff ff ff ff ff ff")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(new Hpack(), "c5")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(new Hpack(), "00 05 61")).isInstanceOf(IOException.class);
    }
}
