package dev.orchestrator.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses large answers for clients that take it, with the limit and the effort of Kubernetes' own server. */
final class Gzip extends GZIPOutputStream {

    static final String NAME = "gzip";

    private static final int FEWEST_BYTES = 128 * 1024;
    private static final int BUFFER = 16 * 1024;

    private Gzip(OutputStream out) throws IOException {
        super(out, BUFFER);
        def.setLevel(Deflater.BEST_SPEED);
    }

    /** {@return whether an answer is worth it, and the client's {@code Accept-Encoding} names it} */
    static boolean isFor(String accepted, long length) {
        if (length < FEWEST_BYTES) {
            return false;
        }
        for (String clause : accepted.split(",", -1)) {
            int semicolon = clause.indexOf(';');
            if ((semicolon < 0 ? clause : clause.substring(0, semicolon))
                    .strip()
                    .equals(NAME)) {
                return true;
            }
        }
        return false;
    }

    /** {@return a stream whose bytes go compressed into another, which is closed with it} */
    static OutputStream into(OutputStream out) throws IOException {
        return new Gzip(out);
    }

    static byte[] compressed(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 4);
        try (OutputStream gzip = into(out)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
