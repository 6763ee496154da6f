package dev.orchestrator.runtime.scheduler.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.runtime.scheduler.framework.AffinityTerm;
import dev.orchestrator.runtime.scheduler.framework.AffinityTerm.Weighted;
import dev.orchestrator.runtime.scheduler.framework.Namespaces;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.NodeScope;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodClass;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PodSelector;
import dev.orchestrator.runtime.scheduler.framework.SpreadConstraint;
import dev.orchestrator.runtime.scheduler.framework.Tally;

/**
 * Answers how many pods that a term selects are in which domain, without looking at pods or nodes.
 *
 * <p>A question is counted out once, over the classes of pods it selects, and from then on kept up to date: a pod that
 * comes or goes changes the answers to the questions that select its class. The questions asked longest ago are
 * forgotten when there are too many. Pods on nodes that are not stored do not count.
 *
 * <p>Not thread-safe: owned by the snapshot of a scheduler.
 */
public final class TopologyIndex {

    private static final int MOST_QUESTIONS = 2048;

    /** The pods of one class: how many are on each node, and the answers they are part of. */
    private static final class Members {

        private final PodClass selectable;
        private final Tally bySlot = new Tally();
        private final List<DomainCounts> answers = new ArrayList<>(0);

        Members(PodClass selectable) {
            this.selectable = selectable;
        }
    }

    private record DomainsKey(String topologyKey, NodeScope scope) {}

    private record Known(Question question, DomainCounts answer) {}

    private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    private final Namespaces namespaces = name -> namespaceLabels.getOrDefault(name, Map.of());
    private final Map<String, NodeInfo> nodes = new LinkedHashMap<>();
    private final Map<DomainsKey, Domains> domains = new HashMap<>();
    private final Map<PodClass, Members> classes = new HashMap<>();
    private final ByLabels<Members> classesByLabels = new ByLabels<>();
    private final LinkedHashMap<Question, Known> questions = new LinkedHashMap<>(16, 0.75f, true);
    private final BySelector<Known> questionsByLabels = new BySelector<>();
    private final OwnedTerms forbidding = new OwnedTerms(key -> used(key, NodeScope.ANY));
    private final OwnedTerms attracting = new OwnedTerms(key -> used(key, NodeScope.ANY));

    /** Creates an index of no nodes and no pods. */
    public TopologyIndex() {}

    /** {@return the labels of namespaces} */
    public Namespaces namespaces() {
        return namespaces;
    }

    /** {@return where the pods are that all of these select} */
    public DomainCounts pods(List<AffinityTerm> terms, String topologyKey) {
        List<PodSelector> selectors = terms.stream().map(AffinityTerm::pods).toList();
        return answer(new Question(selectors, topologyKey, NodeScope.ANY, true));
    }

    /** {@return where the pods of a constraint are} */
    public DomainCounts pods(SpreadConstraint constraint) {
        var selectors = List.of(constraint.pods());
        return answer(new Question(selectors, constraint.topologyKey(), constraint.scope(), false));
    }

    /** {@return where the pods are that must not be near this one, one for each such rule} */
    public List<DomainCounts> forbidding(PodInfo pod) {
        var found = new ArrayList<DomainCounts>(0);
        forbidding.selecting(pod.selectable(), namespaces, (weight, holders) -> found.add(holders));
        return found;
    }

    /** Pods with a place that draw another pod, or repel it when the weight is negative. */
    public record Attraction(int weight, DomainCounts pods) {}

    /** {@return the pods that would like to be near or away from this one} */
    public List<Attraction> attracting(PodInfo pod) {
        var found = new ArrayList<Attraction>(0);
        attracting.selecting(
                pod.selectable(), namespaces, (weight, holders) -> found.add(new Attraction(weight, holders)));
        return found;
    }

    private DomainCounts answer(Question question) {
        Known known = questions.get(question);
        if (known != null) {
            return known.answer;
        }
        var answer = new DomainCounts(used(question.topologyKey(), question.scope()));
        classesByLabels.candidates(question.labels(), members -> {
            if (question.matches(members.selectable, namespaces)) {
                members.answers.add(answer);
                members.bySlot.forEach((slot, count) -> {
                    for (int i = 0; i < count; i++) {
                        answer.add(slot);
                    }
                });
            }
        });
        known = new Known(question, answer);
        questions.put(question, known);
        questionsByLabels.add(question.labels(), known);
        if (questions.size() > MOST_QUESTIONS) {
            forget(questions.values().iterator().next());
        }
        return answer;
    }

    private void forget(Known known) {
        questions.remove(known.question);
        questionsByLabels.remove(known.question.labels(), known);
        classesByLabels.candidates(known.question.labels(), members -> members.answers.remove(known.answer));
        release(known.question.topologyKey(), known.question.scope(), known.answer.domains());
    }

    private Domains used(String topologyKey, NodeScope scope) {
        Domains known = domains.computeIfAbsent(new DomainsKey(topologyKey, scope), key -> {
            var created = new Domains(topologyKey, scope);
            nodes.values().forEach(created::arrive);
            return created;
        });
        known.use();
        return known;
    }

    private void release(String topologyKey, NodeScope scope, Domains dropped) {
        if (dropped.drop()) {
            domains.remove(new DomainsKey(topologyKey, scope));
        }
    }

    /** Takes over a node, with the pods that are on it already. */
    public void arrive(NodeInfo node) {
        nodes.put(node.name(), node);
        domains.values().forEach(each -> each.arrive(node));
        node.pods().forEach(pod -> add(pod, node));
    }

    /** Forgets a node before it goes or gets other labels or taints. */
    public void leave(NodeInfo node) {
        node.pods().forEach(pod -> remove(pod, node));
        nodes.remove(node.name());
        domains.values().forEach(each -> each.leave(node));
    }

    /** Counts a pod on a node that has arrived. */
    public void add(PlacedPod pod, NodeInfo node) {
        int slot = node.slot();
        Members members = classes.get(pod.selectable());
        if (members == null) {
            members = newClass(pod.selectable());
        }
        members.bySlot.add(slot);
        for (DomainCounts answer : members.answers) {
            answer.add(slot);
        }
        for (AffinityTerm term : pod.terms().antiAffinity()) {
            forbidding.add(new Weighted(term, 0), slot);
        }
        for (Weighted term : pod.terms().attracting()) {
            attracting.add(term, slot);
        }
    }

    private Members newClass(PodClass selectable) {
        var members = new Members(selectable);
        classes.put(selectable, members);
        classesByLabels.add(selectable.labels(), members);
        questionsByLabels.candidates(selectable.labels(), known -> {
            if (known.question.matches(selectable, namespaces)) {
                members.answers.add(known.answer);
            }
        });
        return members;
    }

    /** Takes a pod that was counted off its node. */
    public void remove(PlacedPod pod, NodeInfo node) {
        int slot = node.slot();
        Members members = classes.get(pod.selectable());
        if (members == null) {
            return;
        }
        members.bySlot.remove(slot);
        for (DomainCounts answer : members.answers) {
            answer.remove(slot);
        }
        if (members.bySlot.total() == 0) {
            classes.remove(pod.selectable());
            classesByLabels.remove(pod.selectable().labels(), members);
        }
        for (AffinityTerm term : pod.terms().antiAffinity()) {
            removeOwned(forbidding, new Weighted(term, 0), slot);
        }
        for (Weighted term : pod.terms().attracting()) {
            removeOwned(attracting, term, slot);
        }
    }

    private void removeOwned(OwnedTerms terms, Weighted term, int slot) {
        Domains unused = terms.remove(term, slot);
        if (unused != null) {
            release(term.term().topologyKey(), NodeScope.ANY, unused);
        }
    }

    /** Takes over the labels of a namespace; none when it has gone. */
    public void relabel(String namespace, Map<String, String> labels) {
        Map<String, String> old = labels.isEmpty()
                ? namespaceLabels.remove(namespace)
                : namespaceLabels.put(namespace, Map.copyOf(labels));
        if (labels.equals(old == null ? Map.of() : old)) {
            return;
        }
        List<Known> outdated = questions.values().stream()
                .filter(known -> known.question.dependsOnNamespaceLabels())
                .toList();
        outdated.forEach(this::forget);
    }
}
