package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A range of addresses with exceptions. */
@Model
public record IPBlock(@Required String cidr, List<String> except) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IPBlock {
        cidr = Immutables.text(cidr);
        except = Immutables.list(except);
    }
}
