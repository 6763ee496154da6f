package dev.orchestrator.runtime.codec;

import org.jspecify.annotations.Nullable;

/** Reads and writes the values of one type. */
interface ValueCodec {

    /**
     * {@return the value that a node stands for; null after a fault, which the decoding then knows}
     *
     * @param node never {@link JsonNull}
     */
    @Nullable
    Object decode(Object node, Decoding decoding);

    /** {@return what a null in a list or map stands for: Go's zero value} */
    @Nullable
    Object zero();

    /** Writes a value. */
    void write(Object value, NodeWriter out);

    /** {@return whether a value is left out when its field is not required} */
    boolean isEmpty(Object value);

    /** {@return the name of the type in Go's error messages} */
    String goType();
}
