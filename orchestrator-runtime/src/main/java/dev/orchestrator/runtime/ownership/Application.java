package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What applying a configuration makes of an object and of the owners of its fields.
 *
 * @param object the object with the configuration in it
 * @param owners who owns what of it
 * @param conflicts what others own and the configuration would change; the rest is meaningless unless this is empty
 */
record Application(Map<String, Object> object, Owners owners, Map<Manager, FieldSet> conflicts) {

    /**
     * Someone who applies.
     *
     * @param manager who it is
     * @param ignored what of a configuration has no effect where it is applied
     * @param force whether it takes what others own
     */
    record Applier(Manager manager, FieldSet ignored, boolean force) {

        Applier forcing() {
            return new Applier(manager, ignored, true);
        }
    }

    /** Decides without side effects. */
    static Application of(
            Schema schema,
            Map<String, Object> live,
            Owners owners,
            Map<String, Object> config,
            Applier applier,
            Instant now) {
        Manager manager = applier.manager();
        Optional<Owners.Share> before = owners.share(manager);
        FieldSet set = Fields.of(schema, config).without(applier.ignored()).difference(ManagedParts.NEVER_OWNED);
        Owners next = owners.with(manager, new Owners.Share(set, now));
        Map<String, Object> merged = Merging.of(schema, live, config);
        if (before.isPresent()) {
            merged = pruned(schema, merged, before.get().fields(), next);
        }
        Comparison change = Comparison.of(schema, live, merged).without(applier.ignored());
        Map<Manager, FieldSet> conflicts = new LinkedHashMap<>();
        if (!applier.force()) {
            next.shares().forEach((owner, share) -> {
                FieldSet taken =
                        owner.isSame(manager) ? FieldSet.EMPTY : share.fields().intersection(change.written());
                if (!taken.isEmpty()) {
                    conflicts.put(owner, taken);
                }
            });
        }
        Owners after = next.others(
                manager, fields -> fields.difference(change.written()).difference(change.removed()));
        return new Application(merged, after, conflicts);
    }

    // What was applied before, is applied no more and is nobody else's goes.
    private static Map<String, Object> pruned(
            Schema schema, Map<String, Object> merged, FieldSet applied, Owners owners) {
        FieldSet all = Fields.of(schema, merged).withNamedFields(schema);
        FieldSet before = applied.withNamedFields(schema);
        FieldSet left =
                Fields.of(schema, Fields.removed(schema, merged, before)).withNamedFields(schema);
        FieldSet owned = left.union(owners.all().withNamedFields(schema));
        FieldSet kept = Fields.of(schema, Fields.removed(schema, merged, all.difference(owned)))
                .withNamedFields(schema);
        return Fields.removed(schema, merged, all.difference(kept).intersection(before));
    }
}
