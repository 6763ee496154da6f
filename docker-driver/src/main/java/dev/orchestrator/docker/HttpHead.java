package dev.orchestrator.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The beginning of an answer.
 *
 * @param status its status code
 * @param headers its headers, by name in any case
 */
record HttpHead(int status, Map<String, List<String>> headers) {

    private static final int MAX_LINE = 64 << 10;

    /** Reads the head of an answer, leaving the stream at its body. */
    static HttpHead read(InputStream in) throws IOException {
        while (true) {
            HttpHead head = readOne(in);
            // 100 Continue and its like announce another head; 101 is the last one.
            if (head.status >= 200 || head.status == 101) {
                return head;
            }
        }
    }

    private static HttpHead readOne(InputStream in) throws IOException {
        String line = line(in);
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("what answers is no Docker engine: it said \"" + line + "\"");
        }
        int status = Integer.parseInt(words[1]);
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(header.substring(0, colon).strip(), name -> new ArrayList<>(1))
                        .add(header.substring(colon + 1).strip());
            }
        }
        return new HttpHead(status, headers);
    }

    /** {@return the next line, without its end} */
    static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int value = in.read(); value != '\n'; value = in.read()) {
            if (value < 0) {
                throw new EOFException("the engine closed the connection without an answer");
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("what answers is no Docker engine: a line of its answer does not end");
            }
            line.append((char) value);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    /** {@return the first value of a header; empty if it is absent} */
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? "" : values.getFirst();
    }

    /** {@return the body that follows this head on a connection} */
    InputStream body(InputStream in) {
        if (status == 101) {
            return in;
        }
        if (status == 204 || status == 304) {
            return new LimitedBody(in, 0);
        }
        if (header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return new ChunkedBody(in);
        }
        String length = header("Content-Length");
        return length.isEmpty() ? in : new LimitedBody(in, Long.parseLong(length));
    }

    /** {@return whether the connection can carry another exchange after this one} */
    boolean isReusable() {
        return status != 101
                && !header("Connection").equalsIgnoreCase("close")
                && (status == 204
                        || status == 304
                        || !header("Transfer-Encoding").isEmpty()
                        || !header("Content-Length").isEmpty());
    }

    /** A body of known length. */
    private static final class LimitedBody extends InputStream {

        private final InputStream in;
        private long left;

        LimitedBody(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the engine closed the connection in the middle of its answer");
            }
            left -= count;
            return count;
        }
    }

    /** A body in chunks. */
    private static final class ChunkedBody extends InputStream {

        private final InputStream in;
        private long left;
        private boolean isFirst = true;
        private boolean isEnded;

        ChunkedBody(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && !next()) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the engine closed the connection in the middle of its answer");
            }
            left -= count;
            return count;
        }

        private void skipTrailers() throws IOException {
            String trailer = line(in);
            while (!trailer.isEmpty()) {
                trailer = line(in);
            }
        }

        private boolean next() throws IOException {
            if (isEnded) {
                return false;
            }
            if (!isFirst) {
                line(in);
            }
            isFirst = false;
            String size = line(in);
            int semicolon = size.indexOf(';');
            left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
            if (left > 0) {
                return true;
            }
            isEnded = true;
            skipTrailers();
            return false;
        }
    }

    /** {@return a text of the engine's, read as UTF-8 up to a sensible length} */
    static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(MAX_LINE), StandardCharsets.UTF_8);
    }
}
