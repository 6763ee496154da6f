package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The Huffman code of HTTP/2 headers. It is canonical: the lengths of the codes (RFC 7541, appendix B) say it all. */
final class HpackHuffman {

    private static final int LONGEST = 30;
    private static final int END = 256;

    /** The code length of each symbol from 0 to 256. */
    static final int[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15,
        6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22,
        20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23,
        23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22,
        22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26,
        27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27,
        26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
    };

    private static final int[] FIRST_CODE = new int[LONGEST + 1];
    private static final int[] FIRST_INDEX = new int[LONGEST + 1];
    private static final int[] COUNT = new int[LONGEST + 1];
    private static final int[] SYMBOLS = new int[LENGTHS.length];

    static {
        for (int length : LENGTHS) {
            COUNT[length]++;
        }
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST_CODE[length] = code;
            FIRST_INDEX[length] = index;
            for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
                if (LENGTHS[symbol] == length) {
                    SYMBOLS[index++] = symbol;
                }
            }
            code += COUNT[length];
        }
    }

    private HpackHuffman() {}

    static String decode(byte[] block, int start, int length) throws IOException {
        var text = new ByteArrayOutputStream(length * 2);
        int code = 0;
        int bits = 0;
        for (int i = start; i < start + length; i++) {
            for (int shift = 7; shift >= 0; shift--) {
                code = (code << 1) | ((block[i] >>> shift) & 1);
                bits++;
                int offset = code - FIRST_CODE[bits];
                if (offset >= 0 && offset < COUNT[bits]) {
                    int symbol = SYMBOLS[FIRST_INDEX[bits] + offset];
                    if (symbol == END) {
                        throw new IOException("http2: bad header code");
                    }
                    text.write(symbol);
                    code = 0;
                    bits = 0;
                } else if (bits == LONGEST) {
                    throw new IOException("http2: bad header code");
                }
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
