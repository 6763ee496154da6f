package dev.orchestrator.runtime.codec;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;

/** Writes JSON as it comes, without a tree. */
final class JsonNodeWriter implements NodeWriter {

    private final JsonGenerator generator;

    JsonNodeWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    @Override
    public void beginObject() {
        try {
            generator.writeStartObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void name(SerializableString name) {
        try {
            generator.writeFieldName(name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void name(String name) {
        try {
            generator.writeFieldName(name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void endObject() {
        try {
            generator.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void beginArray() {
        try {
            generator.writeStartArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void endArray() {
        try {
            generator.writeEndArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void text(String value) {
        try {
            generator.writeString(value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void number(long value) {
        try {
            generator.writeNumber(value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void truth(boolean value) {
        try {
            generator.writeBoolean(value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void tree(Object tree) {
        try {
            JsonText.write(tree, generator);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
