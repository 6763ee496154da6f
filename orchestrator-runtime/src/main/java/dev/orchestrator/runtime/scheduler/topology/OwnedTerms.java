package dev.orchestrator.runtime.scheduler.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import dev.orchestrator.runtime.scheduler.framework.AffinityTerm.Weighted;
import dev.orchestrator.runtime.scheduler.framework.Namespaces;
import dev.orchestrator.runtime.scheduler.framework.PodClass;
import dev.orchestrator.runtime.scheduler.framework.PodSelector;

/** Terms that pods with a place hold against those without one, and where their holders are. */
final class OwnedTerms {

    /** Receives a term. */
    @FunctionalInterface
    interface Visitor {
        void visit(int weight, DomainCounts holders);
    }

    private record Owned(Weighted term, DomainCounts holders) {

        PodSelector pods() {
            return term.term().pods();
        }
    }

    private final Function<String, Domains> domains;
    private final Map<Weighted, Owned> terms = new HashMap<>();
    private final BySelector<Owned> byLabels = new BySelector<>();

    /** @param domains gives the domains of a label and keeps them until they are dropped */
    OwnedTerms(Function<String, Domains> domains) {
        this.domains = domains;
    }

    void add(Weighted term, int slot) {
        Owned owned = terms.get(term);
        if (owned == null) {
            owned = new Owned(term, new DomainCounts(domains.apply(term.term().topologyKey())));
            terms.put(term, owned);
            byLabels.add(owned.pods().labels(), owned);
        }
        owned.holders.add(slot);
    }

    /** Forgets a holder; {@return the domains that are not needed for this term any more, or null} */
    @org.jspecify.annotations.Nullable
    Domains remove(Weighted term, int slot) {
        Owned owned = terms.get(term);
        if (owned == null) {
            return null;
        }
        owned.holders.remove(slot);
        if (!owned.holders.isEmpty()) {
            return null;
        }
        terms.remove(term);
        byLabels.remove(owned.pods().labels(), owned);
        return owned.holders.domains();
    }

    /** Shows the terms that select pods of the class. */
    void selecting(PodClass pods, Namespaces namespaces, Visitor visitor) {
        if (byLabels.isEmpty()) {
            return;
        }
        byLabels.candidates(pods.labels(), owned -> {
            if (owned.pods().matches(pods, namespaces)) {
                visitor.visit(owned.term.weight(), owned.holders);
            }
        });
    }
}
