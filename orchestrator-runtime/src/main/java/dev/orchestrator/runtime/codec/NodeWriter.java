package dev.orchestrator.runtime.codec;

import com.fasterxml.jackson.core.SerializableString;

/** Where an object is written to, token by token. */
interface NodeWriter {

    void beginObject();

    void name(SerializableString name);

    void name(String name);

    void endObject();

    void beginArray();

    void endArray();

    void text(String value);

    void number(long value);

    void truth(boolean value);

    /** Writes a part that is a tree already. */
    void tree(Object tree);
}
