package dev.orchestrator.runtime.admission.config;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Finds what is wrong with a config map. */
final class ConfigMapValidation implements Validator<ConfigMap> {

    private static final FieldPath BINARY_DATA = FieldPath.of("binaryData");

    @Override
    public void validateCreate(ConfigMap configMap, FieldErrors errors) {
        Entries.keys(configMap.data().keySet(), Entries.DATA, errors);
        for (String key : new TreeSet<>(configMap.data().keySet())) {
            if (configMap.binaryData().containsKey(key)) {
                errors.invalid(Entries.DATA.key(key), key, "duplicate of key present in binaryData");
            }
        }
        Entries.keys(configMap.binaryData().keySet(), BINARY_DATA, errors);
        long size = configMap.data().values().stream()
                        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                + configMap.binaryData().values().stream()
                        .mapToLong(bytes -> bytes.size())
                        .sum();
        if (size > Entries.MAX_BYTES) {
            errors.tooLong(FieldPath.of(""), Entries.MAX_BYTES);
        }
    }

    @Override
    public void validateUpdate(ConfigMap old, ConfigMap updated, FieldErrors errors) {
        if (Boolean.TRUE.equals(old.immutable())) {
            if (!Boolean.TRUE.equals(updated.immutable())) {
                errors.forbidden(FieldPath.of("immutable"), Entries.IMMUTABLE_WHEN_SET);
            }
            if (!old.data().equals(updated.data())) {
                errors.forbidden(Entries.DATA, Entries.IMMUTABLE_WHEN_SET);
            }
            if (!old.binaryData().equals(updated.binaryData())) {
                errors.forbidden(BINARY_DATA, Entries.IMMUTABLE_WHEN_SET);
            }
        }
        validateCreate(updated, errors);
    }
}
