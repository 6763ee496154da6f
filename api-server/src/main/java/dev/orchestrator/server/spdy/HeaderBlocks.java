package dev.orchestrator.server.spdy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Headers on the wire. All blocks of a connection's direction are one compressed stream, so none may be left out, and
 * they are read by one thread and written by one at a time.
 */
final class HeaderBlocks implements AutoCloseable {

    private static final int MOST_BYTES = 64 * 1024;
    private static final byte[] DICTIONARY = dictionary();

    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater();
    private boolean closed;

    HeaderBlocks() {
        deflater.setDictionary(DICTIONARY);
    }

    // The words that SPDY/3 agrees on beforehand, each after its length, and then common values.
    private static byte[] dictionary() {
        List<String> names = List.of(
                "options head post put delete trace accept accept-charset accept-encoding accept-language",
                "accept-ranges age allow authorization cache-control connection content-base content-encoding",
                "content-language content-length content-location content-md5 content-range content-type date etag",
                "expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since",
                "last-modified location max-forwards pragma proxy-authenticate proxy-authorization range referer",
                "retry-after server te trailer transfer-encoding upgrade user-agent vary via warning",
                "www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie keep-alive origin");
        String values = "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
                + "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized"
                + "403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable"
                + "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
                + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,"
                + "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,"
                + "enq=0.";
        var bytes = new ByteArrayOutputStream();
        for (String name : String.join(" ", names).split(" ", -1)) {
            byte[] word = name.replace('_', ' ').getBytes(StandardCharsets.US_ASCII);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(word.length).array());
            bytes.writeBytes(word);
        }
        bytes.writeBytes(values.getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** {@return the headers of a block; of several values of one the first} */
    Map<String, String> read(byte[] block) throws IOException {
        ByteBuffer plain = ByteBuffer.wrap(inflated(block));
        try {
            var headers = new LinkedHashMap<String, String>();
            for (int left = plain.getInt(); left > 0; left--) {
                String name = text(plain);
                String values = text(plain);
                int end = values.indexOf('\0');
                headers.put(name, end < 0 ? values : values.substring(0, end));
            }
            return headers;
        } catch (BufferUnderflowException e) {
            throw new IOException("a block of headers is too short", e);
        }
    }

    private static String text(ByteBuffer from) throws IOException {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IOException("a header of " + length + " bytes does not fit into its block");
        }
        byte[] text = new byte[length];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private byte[] inflated(byte[] block) throws IOException {
        var plain = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        inflater.setInput(block);
        try {
            while (!inflater.finished()) {
                int made = inflater.inflate(buffer);
                plain.write(buffer, 0, made);
                if (plain.size() > MOST_BYTES) {
                    throw new IOException("headers are larger than " + MOST_BYTES + " bytes");
                }
                if (made == 0 && inflater.needsDictionary()) {
                    inflater.setDictionary(DICTIONARY);
                } else if (made == 0) {
                    return plain.toByteArray();
                }
            }
        } catch (DataFormatException | IllegalArgumentException malformed) {
            throw new IOException("headers are not compressed as agreed", malformed);
        }
        throw new IOException("the compressed headers end too early");
    }

    /** {@return a block without headers} */
    byte[] none() {
        deflater.setInput(new byte[Integer.BYTES]);
        byte[] buffer = new byte[128];
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        return java.util.Arrays.copyOf(buffer, length);
    }

    /** Gives its memory back; to be called by the one who reads, when nobody writes. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            inflater.end();
            deflater.end();
        }
    }
}
