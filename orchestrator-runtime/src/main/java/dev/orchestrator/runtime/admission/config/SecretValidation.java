package dev.orchestrator.runtime.admission.config;

import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Finds what is wrong with a secret, whose type may ask for certain entries. */
final class SecretValidation implements Validator<Secret> {

    private static final FieldPath ACCOUNT =
            FieldPath.of("metadata").child("annotations").key("kubernetes.io/service-account.name");

    @Override
    public void validateCreate(Secret secret, FieldErrors errors) {
        Entries.keys(secret.data().keySet(), Entries.DATA, errors);
        long size = secret.data().values().stream().mapToLong(Bytes::size).sum();
        if (size > Entries.MAX_BYTES) {
            errors.tooLong(Entries.DATA, Entries.MAX_BYTES);
        }
        Map<String, Bytes> data = secret.data();
        switch (Zero.text(secret.type())) {
            case "kubernetes.io/service-account-token" -> {
                if (Zero.isEmpty(secret.metadata().annotations().get("kubernetes.io/service-account.name"))) {
                    errors.required(ACCOUNT);
                }
            }
            case "kubernetes.io/dockercfg" -> require(data, ".dockercfg", errors);
            case "kubernetes.io/dockerconfigjson" -> require(data, ".dockerconfigjson", errors);
            case "kubernetes.io/basic-auth" -> {
                if (!data.containsKey("username") && !data.containsKey("password")) {
                    errors.required(Entries.DATA.key("username"));
                    errors.required(Entries.DATA.key("password"));
                }
            }
            case "kubernetes.io/ssh-auth" -> require(data, "ssh-privatekey", errors);
            case "kubernetes.io/tls" -> {
                require(data, "tls.crt", errors);
                require(data, "tls.key", errors);
            }
            default -> {
                // Other types ask for nothing.
            }
        }
    }

    private static void require(Map<String, Bytes> data, String key, FieldErrors errors) {
        if (!data.containsKey(key)) {
            errors.required(Entries.DATA.key(key));
        }
    }

    @Override
    public void validateUpdate(Secret old, Secret updated, FieldErrors errors) {
        errors.immutable(FieldPath.of("type"), updated.type(), old.type());
        if (Boolean.TRUE.equals(old.immutable())) {
            if (!Boolean.TRUE.equals(updated.immutable())) {
                errors.forbidden(FieldPath.of("immutable"), Entries.IMMUTABLE_WHEN_SET);
            }
            if (!old.data().equals(updated.data())) {
                errors.forbidden(Entries.DATA, Entries.IMMUTABLE_WHEN_SET);
            }
        }
        validateCreate(updated, errors);
    }
}
