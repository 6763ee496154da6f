package dev.orchestrator.runtime.admission.config;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.runtime.admission.field.Zero;

/** Fills in what a secret leaves out. */
final class SecretDefaults {

    private SecretDefaults() {}

    // stringData is a way to write, never a way to read: it is moved into data, over what is there.
    static Secret withDefaults(Secret secret) {
        boolean typed = !Zero.isEmpty(secret.type());
        if (typed && secret.stringData().isEmpty()) {
            return secret;
        }
        SecretBuilder builder = SecretBuilder.builder(secret);
        if (!typed) {
            builder.type("Opaque");
        }
        if (!secret.stringData().isEmpty()) {
            Map<String, Bytes> data = new HashMap<>(secret.data());
            secret.stringData().forEach((key, text) -> data.put(key, Bytes.utf8(text)));
            builder.data(data).stringData(Map.of());
        }
        return builder.build();
    }
}
