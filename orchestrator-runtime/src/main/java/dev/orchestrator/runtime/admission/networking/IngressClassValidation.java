package dev.orchestrator.runtime.admission.networking;

import java.util.List;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.IngressClassParametersReference;
import dev.orchestrator.api.model.networking.IngressClassParametersReferenceBuilder;
import dev.orchestrator.api.model.networking.IngressClassSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Defaults and rules of ingress classes: their controller is a path below a domain and never changes. */
final class IngressClassValidation implements Validator<IngressClass> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONTROLLER = SPEC.child("controller");
    private static final int CONTROLLER_LENGTH = 250;
    private static final String PATH_CHARACTERS = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH = Pattern.compile(PATH_CHARACTERS);

    static IngressClass withDefaults(IngressClass given) {
        IngressClassParametersReference parameters = given.spec().parameters();
        if (parameters == null || parameters.scope() != null) {
            return given;
        }
        var scoped = IngressClassParametersReferenceBuilder.builder(parameters)
                .scope("Cluster")
                .build();
        return new IngressClass(
                given.metadata(), new IngressClassSpec(given.spec().controller(), scoped));
    }

    @Override
    public void validateCreate(IngressClass ingressClass, FieldErrors errors) {
        String controller = Zero.text(ingressClass.spec().controller());
        if (controller.isEmpty()) {
            errors.required(CONTROLLER);
        } else {
            if (controller.length() > CONTROLLER_LENGTH) {
                errors.tooLong(CONTROLLER, CONTROLLER_LENGTH);
            }
            prefixedPath(controller, errors);
        }
        IngressClassParametersReference parameters = ingressClass.spec().parameters();
        if (parameters != null) {
            parameters(parameters, SPEC.child("parameters"), errors);
        }
    }

    private static void prefixedPath(String controller, FieldErrors errors) {
        int slash = controller.indexOf('/');
        if (slash <= 0 || slash == controller.length() - 1) {
            errors.invalid(CONTROLLER, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String host = controller.substring(0, slash);
        errors.invalid(CONTROLLER, host, Names.dnsSubdomain(host));
        String path = controller.substring(slash + 1);
        if (!PATH.matcher(path).matches()) {
            errors.invalid(CONTROLLER, path, "Invalid path (regex used for validation is '" + PATH_CHARACTERS + "')");
        }
    }

    private static void parameters(IngressClassParametersReference parameters, FieldPath path, FieldErrors errors) {
        References.typed(parameters.apiGroup(), parameters.kind(), parameters.name(), path, errors);
        FieldPath namespace = path.child("namespace");
        switch (Zero.text(parameters.scope())) {
            case "" -> errors.required(path.child("scope"));
            case "Cluster" -> {
                if (parameters.namespace() != null) {
                    errors.forbidden(namespace, "`parameters.scope` is set to 'Cluster'");
                }
            }
            case "Namespace" -> {
                if (parameters.namespace() == null) {
                    errors.required(namespace, "`parameters.scope` is set to 'Namespace'");
                } else {
                    errors.invalid(namespace, parameters.namespace(), Names.dnsLabel(parameters.namespace()));
                }
            }
            default -> errors.notSupported(path.child("scope"), parameters.scope(), List.of("Cluster", "Namespace"));
        }
    }

    @Override
    public void validateUpdate(IngressClass old, IngressClass updated, FieldErrors errors) {
        errors.immutable(CONTROLLER, updated.spec().controller(), old.spec().controller());
        validateCreate(updated, errors);
    }
}
