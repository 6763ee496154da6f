package dev.orchestrator.api.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** An immutable piece of binary data, written as base64 in manifests: the values of secrets and binary config maps. */
public final class Bytes {

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** {@return a copy of the given bytes} */
    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /** {@return the UTF-8 form of a text} */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the bytes that a base64 text stands for}
     *
     * @throws IllegalArgumentException if it is not base64
     */
    public static Bytes fromBase64(String base64) {
        return new Bytes(Base64.getDecoder().decode(base64));
    }

    /** {@return the base64 form, as manifests write it} */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(content);
    }

    /** {@return a copy of the content} */
    public byte[] toByteArray() {
        return content.clone();
    }

    /** {@return the content read as UTF-8} */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** {@return how many bytes there are} */
    public int size() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** {@return the size only: the content may be a secret} */
    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
