package dev.orchestrator.runtime.scheduler.topology;

import java.util.Arrays;

import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.Tally;

/** How many of some pods are in each domain: on the nodes with one value of a label. Always up to date. */
public final class DomainCounts {

    private final Domains domains;
    private final Tally pods = new Tally();
    /** How many domains have this many pods; none is not counted here. */
    private int[] domainsWith = new int[8];

    private int occupied;
    private int fewest = 1;

    DomainCounts(Domains domains) {
        this.domains = domains;
    }

    void add(int slot) {
        int number = domains.countedAs(slot);
        if (number == Domains.NONE) {
            return;
        }
        int count = pods.add(number);
        if (count >= domainsWith.length) {
            domainsWith = Arrays.copyOf(domainsWith, count * 2);
        }
        domainsWith[count]++;
        if (count == 1) {
            occupied++;
            fewest = 1;
        } else {
            domainsWith[count - 1]--;
        }
    }

    void remove(int slot) {
        int number = domains.countedAs(slot);
        if (number == Domains.NONE) {
            return;
        }
        int count = pods.remove(number);
        domainsWith[count + 1]--;
        if (count == 0) {
            occupied--;
        } else {
            domainsWith[count]++;
            fewest = Math.min(fewest, count);
        }
    }

    Domains domains() {
        return domains;
    }

    /** {@return how many of the pods are in the domain of the node; none when the node is in no domain} */
    public int around(NodeInfo node) {
        int number = domains.numberOf(node.slot());
        return number == Domains.NONE ? 0 : pods.count(number);
    }

    /** {@return whether the node has the label} */
    public boolean hasDomain(NodeInfo node) {
        return domains.numberOf(node.slot()) != Domains.NONE;
    }

    /** {@return a number that only the nodes of one domain share; negative for a node that is in none} */
    public int domainOf(NodeInfo node) {
        return domains.numberOf(node.slot());
    }

    /** {@return whether none of the pods is in any domain} */
    public boolean isEmpty() {
        return pods.total() == 0;
    }

    /** {@return how many domains there are, also those without any of the pods} */
    public int domainCount() {
        return domains.present();
    }

    /** {@return how many of the pods are in the domain that has the fewest; none when there is no domain} */
    public int minimum() {
        if (occupied < domains.present() || occupied == 0) {
            return 0;
        }
        // Pods come one by one, so this moves by a step or two since the last time.
        while (domainsWith[fewest] == 0) {
            fewest++;
        }
        return fewest;
    }
}
