package dev.orchestrator.runtime.admission.networking;

import java.util.List;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.networking.IPBlock;
import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.networking.NetworkPolicyPeer;
import dev.orchestrator.api.model.networking.NetworkPolicyPort;
import dev.orchestrator.api.model.networking.NetworkPolicySpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of network policies. */
final class NetworkPolicyValidation implements Validator<NetworkPolicy> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> TYPES = List.of("Ingress", "Egress");

    @Override
    public void validateCreate(NetworkPolicy policy, FieldErrors errors) {
        NetworkPolicySpec spec = policy.spec();
        LabelSelectorRules.validate(spec.podSelector(), SPEC.child("podSelector"), errors);
        for (int i = 0; i < spec.ingress().size(); i++) {
            FieldPath path = SPEC.child("ingress").index(i);
            ports(spec.ingress().get(i).ports(), path.child("ports"), errors);
            peers(spec.ingress().get(i).from(), path.child("from"), errors);
        }
        for (int i = 0; i < spec.egress().size(); i++) {
            FieldPath path = SPEC.child("egress").index(i);
            ports(spec.egress().get(i).ports(), path.child("ports"), errors);
            peers(spec.egress().get(i).to(), path.child("to"), errors);
        }
        FieldPath types = SPEC.child("policyTypes");
        if (spec.policyTypes().size() > TYPES.size()) {
            errors.invalid(types, spec.policyTypes(), "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < spec.policyTypes().size(); i++) {
            errors.supported(types.index(i), spec.policyTypes().get(i), TYPES);
        }
    }

    @Override
    public void validateUpdate(NetworkPolicy old, NetworkPolicy updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }

    private static void ports(List<NetworkPolicyPort> ports, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), path.index(i), errors);
        }
    }

    private static void port(NetworkPolicyPort port, FieldPath path, FieldErrors errors) {
        errors.supported(path.child("protocol"), port.protocol(), PROTOCOLS);
        IntOrString first = port.port();
        Integer last = port.endPort();
        FieldPath end = path.child("endPort");
        if (first == null) {
            if (last != null) {
                errors.invalid(end, last, "may not be specified when `port` is not specified");
            }
        } else if (first.isNumber()) {
            errors.invalid(path.child("port"), first.number(), Names.portNumber(first.number()));
            if (last != null && last < first.number()) {
                errors.invalid(end, last, "must be greater than or equal to `port`");
            }
            errors.range(end, last, 1, 65535);
        } else {
            if (last != null) {
                errors.invalid(end, last, "may not be specified when `port` is non-numeric");
            }
            errors.invalid(path.child("port"), first.text(), Names.portName(first.text()));
        }
    }

    private static void peers(List<NetworkPolicyPeer> peers, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < peers.size(); i++) {
            peer(peers.get(i), path.index(i), errors);
        }
    }

    private static void peer(NetworkPolicyPeer peer, FieldPath path, FieldErrors errors) {
        LabelSelectorRules.validate(peer.podSelector(), path.child("podSelector"), errors);
        LabelSelectorRules.validate(peer.namespaceSelector(), path.child("namespaceSelector"), errors);
        boolean selects = peer.podSelector() != null || peer.namespaceSelector() != null;
        if (peer.ipBlock() != null) {
            block(peer.ipBlock(), path.child("ipBlock"), errors);
        }
        if (!selects && peer.ipBlock() == null) {
            errors.required(path, "must specify a peer");
        } else if (selects && peer.ipBlock() != null) {
            errors.forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    private static void block(IPBlock block, FieldPath path, FieldErrors errors) {
        if (block.cidr().isEmpty()) {
            errors.required(path.child("cidr"));
            return;
        }
        AddressRange range = AddressRange.parse(block.cidr(), path.child("cidr"), errors);
        for (int i = 0; range != null && i < block.except().size(); i++) {
            FieldPath each = path.child("except").index(i);
            AddressRange except = AddressRange.parse(block.except().get(i), each, errors);
            if (except != null && !range.strictlyContains(except)) {
                errors.invalid(each, block.except().get(i), "must be a strict subset of `cidr`");
            }
        }
    }
}
