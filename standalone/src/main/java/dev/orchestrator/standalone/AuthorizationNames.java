package dev.orchestrator.standalone;

import dev.orchestrator.server.ApiServerOptions.Authorization;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an authorization, as Kubernetes spells it but in lower case. */
final class AuthorizationNames implements ITypeConverter<Authorization> {

    @Override
    public Authorization convert(String name) {
        return switch (name) {
            case "rbac" -> Authorization.RBAC;
            case "always-allow" -> Authorization.ALWAYS_ALLOW;
            default -> throw new TypeConversionException("\"" + name + "\" is not one of [rbac, always-allow]");
        };
    }
}
