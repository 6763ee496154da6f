package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ManagedFieldsEntryBuilder;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** All owners of an object's fields. Immutable. */
final class Owners {

    /** How many owners that update are remembered; the oldest become one. */
    static final int MOST_UPDATES = 10;

    static final Owners NONE = new Owners(Map.of());

    private static final Manager NOBODY = new Manager("", false, "", "");
    private static final String FIELDS_TYPE = "FieldsV1";
    private static final String ANCIENT = "ancient-changes";

    /** What one owner owns, and since when. */
    record Share(FieldSet fields, @Nullable Instant since) {}

    private static final Comparator<ManagedFieldsEntry> AS_WRITTEN = Comparator.comparing(
                    (ManagedFieldsEntry entry) -> requireNonNullElse(entry.operation(), ""))
            .thenComparing(entry -> seconds(entry.time()))
            .thenComparing(entry -> requireNonNullElse(entry.manager(), ""))
            .thenComparing(entry -> requireNonNullElse(entry.apiVersion(), ""))
            .thenComparing(entry -> requireNonNullElse(entry.subresource(), ""));

    private final Map<Manager, Share> shares;

    private Owners(Map<Manager, Share> shares) {
        this.shares = shares;
    }

    private static long seconds(@Nullable Instant since) {
        return since == null ? 0 : since.getEpochSecond();
    }

    /** {@return entries in the order in which Kubernetes writes them} */
    static List<ManagedFieldsEntry> sorted(List<ManagedFieldsEntry> entries) {
        return List.copyOf(entries.stream().sorted(AS_WRITTEN).toList());
    }

    /**
     * {@return the owners that an object's metadata names}
     *
     * @throws IllegalArgumentException if an entry is malformed
     */
    static Owners decode(List<ManagedFieldsEntry> entries) {
        Owners owners = NONE;
        for (ManagedFieldsEntry entry : entries) {
            String type = entry.fieldsType();
            if (type != null && !type.isEmpty() && !type.equals(FIELDS_TYPE)) {
                throw new IllegalArgumentException("unsupported fieldsType: " + type);
            }
            var share = new Share(FieldSet.fromTree(entry.fieldsV1()), entry.time());
            owners = owners.with(Manager.of(entry), share);
        }
        return owners;
    }

    /** {@return the entries of an object's metadata, in Kubernetes' order} */
    List<ManagedFieldsEntry> encode() {
        return sorted(shares.entrySet().stream()
                .map(each -> entry(
                        each.getKey(),
                        each.getValue().fields().toTree(),
                        each.getValue().since()))
                .toList());
    }

    static ManagedFieldsEntry entry(Manager manager, Map<String, Object> fields, @Nullable Instant since) {
        return ManagedFieldsEntryBuilder.builder()
                .manager(manager.name())
                .operation(manager.operation())
                .apiVersion(manager.apiVersion())
                .subresource(manager.subresource().isEmpty() ? null : manager.subresource())
                .time(since)
                .fieldsType(FIELDS_TYPE)
                .fieldsV1(fields)
                .build();
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    Optional<Share> share(Manager manager) {
        return shares.entrySet().stream()
                .filter(each -> each.getKey().isSame(manager))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    Map<Manager, Share> shares() {
        return shares;
    }

    /** {@return the owners with another share of one of them} */
    Owners with(Manager manager, Share share) {
        var next = new LinkedHashMap<>(shares);
        next.keySet().removeIf(manager::isSame);
        next.put(manager, share);
        return new Owners(next);
    }

    /** {@return the owners with what all but one of them own changed; who owns nothing any more is left out} */
    Owners others(Manager manager, UnaryOperator<FieldSet> change) {
        var next = new LinkedHashMap<Manager, Share>();
        shares.forEach((owner, share) -> {
            FieldSet fields = owner.isSame(manager) ? share.fields() : change.apply(share.fields());
            if (!fields.isEmpty()) {
                next.put(owner, new Share(fields, share.since()));
            }
        });
        return new Owners(next);
    }

    /** {@return what any of them owns} */
    FieldSet all() {
        FieldSet all = FieldSet.EMPTY;
        for (Share share : shares.values()) {
            all = all.union(share.fields());
        }
        return all;
    }

    /**
     * {@return the owners after an update: the updater owns what it has changed, too, and the others no more}
     *
     * @param ignored what the updater can not write here
     */
    Owners updated(Manager updater, Comparison change, FieldSet ignored, Instant now) {
        Owners next =
                others(updater, fields -> fields.difference(change.written()).difference(change.removed()));
        FieldSet written = change.written().without(ignored).difference(ManagedParts.NEVER_OWNED);
        Share before = next.share(updater).orElse(new Share(FieldSet.EMPTY, null));
        FieldSet mine = before.fields().difference(change.removed()).union(written);
        if (mine.isEmpty()) {
            return next.without(updater);
        }
        Instant since = written.isEmpty() && before.since() != null ? before.since() : now;
        return next.with(updater, new Share(mine, since)).capped();
    }

    /** {@return the owners after somebody who needs no share has changed an object} */
    Owners lost(Comparison change) {
        return others(NOBODY, fields -> fields.difference(change.written()).difference(change.removed()));
    }

    private Owners without(Manager manager) {
        var next = new LinkedHashMap<>(shares);
        next.keySet().removeIf(manager::isSame);
        return new Owners(next);
    }

    /** {@return the owners with the oldest of those that update made one, if there are too many} */
    Owners capped() {
        List<Map.Entry<Manager, Share>> updates = shares.entrySet().stream()
                .filter(each -> !each.getKey().applies())
                .sorted(Comparator.comparing((Map.Entry<Manager, Share> each) ->
                                seconds(each.getValue().since()))
                        .thenComparing(each -> each.getKey().name()))
                .toList();
        int surplus = updates.size() - MOST_UPDATES;
        if (surplus <= 0) {
            return this;
        }
        var next = new LinkedHashMap<>(shares);
        Map<String, Manager> first = new LinkedHashMap<>();
        for (Map.Entry<Manager, Share> update : updates) {
            if (surplus == 0) {
                break;
            }
            String version = update.getKey().apiVersion();
            Manager older = first.putIfAbsent(version, update.getKey());
            if (older == null) {
                continue;
            }
            var bucket = new Manager(ANCIENT, false, version, "");
            Share merged = next.containsKey(bucket) ? next.get(bucket) : next.remove(older);
            next.remove(update.getKey());
            FieldSet fields = update.getValue().fields();
            next.put(
                    bucket,
                    new Share(
                            merged == null ? fields : merged.fields().union(fields),
                            update.getValue().since()));
            surplus--;
        }
        return new Owners(next);
    }

    @Override
    public String toString() {
        return shares.toString();
    }
}
