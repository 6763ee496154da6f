package dev.orchestrator.runtime.admission.networking;

import java.util.List;

import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressLoadBalancerIngress;
import dev.orchestrator.api.model.networking.IngressSpec;
import dev.orchestrator.api.model.networking.IngressTLS;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.GoLiteral;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of ingresses. */
final class IngressValidation implements Validator<Ingress> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

    @Override
    public void validateCreate(Ingress ingress, FieldErrors errors) {
        spec(ingress.spec(), Strictness.FULL, errors);
        String annotated = ingress.metadata().annotations().get(CLASS_ANNOTATION);
        String named = ingress.spec().ingressClassName();
        if (annotated != null && named != null && !annotated.equals(named)) {
            errors.invalid(
                    FieldPath.of("annotations").child(CLASS_ANNOTATION),
                    annotated,
                    "must match `ingressClassName` when both are specified");
        }
    }

    @Override
    public void validateUpdate(Ingress old, Ingress updated, FieldErrors errors) {
        boolean badSecrets = old.spec().tls().stream().anyMatch(tls -> !isSecretName(Zero.text(tls.secretName())));
        spec(updated.spec(), badSecrets ? Strictness.ANY_SECRET_NAME : Strictness.FULL, errors);
    }

    @Override
    public void validateStatusUpdate(Ingress old, Ingress updated, FieldErrors errors) {
        List<IngressLoadBalancerIngress> points =
                updated.status().loadBalancer().ingress();
        FieldPath path = FieldPath.of("status").child("loadBalancer", "ingress");
        for (int i = 0; i < points.size(); i++) {
            String ip = Zero.text(points.get(i).ip());
            if (!ip.isEmpty()) {
                errors.invalid(path.index(i).child("ip"), ip, Addresses.ip(ip));
            }
            String host = Zero.text(points.get(i).hostname());
            if (!host.isEmpty()) {
                FieldPath hostname = path.index(i).child("hostname");
                errors.invalid(hostname, host, Names.dnsSubdomain(host));
                IngressRuleValidation.notAnAddress(host, hostname, errors);
            }
        }
    }

    private static void spec(IngressSpec spec, Strictness strictness, FieldErrors errors) {
        if (spec.rules().isEmpty() && spec.defaultBackend() == null) {
            errors.invalid(
                    SPEC,
                    GoLiteral.of("[]networking.IngressRule(nil)"),
                    "either `defaultBackend` or `rules` must be specified");
        }
        var rules = new IngressRuleValidation(errors);
        if (spec.defaultBackend() != null) {
            rules.backend(spec.defaultBackend(), SPEC.child("defaultBackend"));
        }
        rules.rules(spec.rules(), SPEC.child("rules"));
        for (int i = 0; i < spec.tls().size(); i++) {
            tls(spec.tls().get(i), strictness, SPEC.child("tls").index(i), errors);
        }
        if (spec.ingressClassName() != null) {
            errors.invalid(
                    SPEC.child("ingressClassName"),
                    spec.ingressClassName(),
                    Names.dnsSubdomain(spec.ingressClassName()));
        }
    }

    private static void tls(IngressTLS tls, Strictness strictness, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < tls.hosts().size(); i++) {
            String host = tls.hosts().get(i);
            List<String> wrong = host.contains("*") ? Names.wildcardSubdomain(host) : Names.dnsSubdomain(host);
            errors.invalid(path.child("hosts").index(i), host, wrong);
        }
        String secret = Zero.text(tls.secretName());
        if (strictness == Strictness.FULL && !secret.isEmpty()) {
            errors.invalid(path.child("secretName"), secret, Names.dnsSubdomain(secret));
        }
    }

    private static boolean isSecretName(String name) {
        return name.isEmpty() || Names.dnsSubdomain(name).isEmpty();
    }

    /** How much of an ingress is checked. */
    private enum Strictness {
        /** All of it. */
        FULL,
        /** An ingress that already had a bad name of a secret may have others. */
        ANY_SECRET_NAME
    }
}
