package dev.orchestrator.api.draft;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.SecretBuilder;

/** A secret in the making. */
public final class SecretDraft extends Draft<Secret, SecretDraft> {

    SecretDraft(Secret secret) {
        super(secret);
    }

    @Override
    SecretDraft self() {
        return this;
    }

    /** Sets the text under a key. */
    public SecretDraft data(String key, String value) {
        return data(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the bytes under a key. */
    public SecretDraft data(String key, byte[] value) {
        return change(secret -> {
            var data = new HashMap<>(secret.data());
            data.put(key, Bytes.of(value));
            return SecretBuilder.builder(secret).data(data).build();
        });
    }

    /** Sets the type; by default {@code Opaque}. */
    public SecretDraft type(String type) {
        return change(secret -> SecretBuilder.builder(secret).type(type).build());
    }

    /** Forbids changes of the data. */
    public SecretDraft immutable() {
        return change(secret -> SecretBuilder.builder(secret).immutable(true).build());
    }
}
