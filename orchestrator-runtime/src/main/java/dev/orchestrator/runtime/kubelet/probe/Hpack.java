package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Reads the header blocks of one HTTP/2 connection, and writes literal ones (RFC 7541). */
final class Hpack {

    private static final int LARGEST_TABLE = 4096;
    private static final int ENTRY_OVERHEAD = 32;
    private static final String[] STATIC = (":authority|;:method|GET;:method|POST;:path|/;:path|/index.html;"
                    + ":scheme|http;:scheme|https;:status|200;:status|204;:status|206;:status|304;:status|400;"
                    + ":status|404;:status|500;accept-charset|;accept-encoding|gzip, deflate;accept-language|;"
                    + "accept-ranges|;accept|;access-control-allow-origin|;age|;allow|;authorization|;"
                    + "cache-control|;content-disposition|;content-encoding|;content-language|;content-length|;"
                    + "content-location|;content-range|;content-type|;cookie|;date|;etag|;expect|;expires|;from|;"
                    + "host|;if-match|;if-modified-since|;if-none-match|;if-range|;if-unmodified-since|;"
                    + "last-modified|;link|;location|;max-forwards|;proxy-authenticate|;proxy-authorization|;range|;"
                    + "referer|;refresh|;retry-after|;server|;set-cookie|;strict-transport-security|;"
                    + "transfer-encoding|;user-agent|;vary|;via|;www-authenticate|")
            .split(";");

    /** Takes the headers of a block one after another. */
    interface Sink {
        void header(String name, String value);
    }

    private record Header(String name, String value) {

        int size() {
            return name.length() + value.length() + ENTRY_OVERHEAD;
        }
    }

    private final ArrayDeque<Header> recent = new ArrayDeque<>();
    private int size;
    private int limit = LARGEST_TABLE;

    /** Writes a header as it is: neither indexed nor compressed. */
    static void literal(ByteArrayOutputStream out, String name, String value) throws IOException {
        out.write(0);
        string(out, name);
        string(out, value);
    }

    private static void string(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 127) {
            out.write(bytes.length);
        } else {
            out.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                out.write((rest & 127) | 128);
                rest >>>= 7;
            }
            out.write(rest);
        }
        out.write(bytes);
    }

    /** Reads one complete header block. */
    void decode(byte[] block, Sink sink) throws IOException {
        var in = new Cursor(block);
        while (in.hasNext()) {
            int first = in.peek();
            if ((first & 128) != 0) {
                Header header = entry(in.integer(7));
                sink.header(header.name, header.value);
            } else if ((first & 64) != 0) {
                Header header = literal(in, 6);
                add(header);
                sink.header(header.name, header.value);
            } else if ((first & 32) != 0) {
                limit = Math.min(in.integer(5), LARGEST_TABLE);
                shrink();
            } else {
                Header header = literal(in, 4);
                sink.header(header.name, header.value);
            }
        }
    }

    private Header literal(Cursor in, int prefix) throws IOException {
        int index = in.integer(prefix);
        String name = index == 0 ? in.string() : entry(index).name;
        return new Header(name, in.string());
    }

    private Header entry(int index) throws IOException {
        if (index >= 1 && index <= STATIC.length) {
            String[] parts = STATIC[index - 1].split("\\|", 2);
            return new Header(parts[0], parts[1]);
        }
        List<Header> list = new ArrayList<>(recent);
        int at = index - STATIC.length - 1;
        if (at < 0 || at >= list.size()) {
            throw new IOException("http2: bad header index " + index);
        }
        return list.get(at);
    }

    private void add(Header header) {
        recent.addFirst(header);
        size += header.size();
        shrink();
    }

    private void shrink() {
        while (size > limit && !recent.isEmpty()) {
            size -= recent.removeLast().size();
        }
    }

    private static final class Cursor {

        private final byte[] block;
        private int at;

        Cursor(byte[] block) {
            this.block = block;
        }

        boolean hasNext() {
            return at < block.length;
        }

        int peek() {
            return block[at] & 255;
        }

        int next() throws IOException {
            if (at >= block.length) {
                throw new IOException("http2: header block too short");
            }
            return block[at++] & 255;
        }

        int integer(int prefix) throws IOException {
            int mask = (1 << prefix) - 1;
            int value = next() & mask;
            if (value < mask) {
                return value;
            }
            for (int shift = 0; shift < 28; shift += 7) {
                int more = next();
                value += (more & 127) << shift;
                if ((more & 128) == 0) {
                    return value;
                }
            }
            throw new IOException("http2: header integer too large");
        }

        String string() throws IOException {
            boolean isCoded = hasNext() && (peek() & 128) != 0;
            int length = integer(7);
            if (length > block.length - at) {
                throw new IOException("http2: header block too short");
            }
            int start = at;
            at += length;
            return isCoded
                    ? HpackHuffman.decode(block, start, length)
                    : new String(block, start, length, StandardCharsets.UTF_8);
        }
    }
}
