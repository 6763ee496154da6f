package dev.orchestrator.runtime.codec;

import com.fasterxml.jackson.core.SerializableString;

/** Where an object is written to, token by token. */
public interface NodeWriter {

    /** Begins an object. */
    void beginObject();

    /** Writes the name of the next value of an object. */
    void name(SerializableString name);

    /** Writes the name of the next value of an object. */
    void name(String name);

    /** Ends an object. */
    void endObject();

    /** Begins an array. */
    void beginArray();

    /** Ends an array. */
    void endArray();

    /** Writes a text. */
    void text(String value);

    /** Writes a number. */
    void number(long value);

    /** Writes yes or no. */
    void truth(boolean value);

    /** Writes a part that is a tree already. */
    void tree(Object tree);
}
