package dev.orchestrator.runtime.admission.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

/** The rules of limit ranges: minimum, default request, default limit and maximum in that order. */
final class LimitRangeValidation implements Validator<LimitRange> {

    private static final FieldPath LIMITS = FieldPath.of("spec").child("limits");
    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
    private static final Quantity ONE = Quantity.of(1);

    @Override
    public void validateCreate(LimitRange range, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < range.spec().limits().size(); i++) {
            LimitRangeItem item = range.spec().limits().get(i);
            FieldPath path = LIMITS.index(i);
            type(item.type(), path.child("type"), errors);
            if (!types.add(item.type())) {
                errors.duplicate(path.child("type"), item.type());
            }
            names(item, path, errors);
            var amounts = new Amounts(item, path, errors);
            Set<String> keys = new TreeSet<>();
            List.of(item.max(), item.min(), item.defaults(), item.defaultRequest(), item.maxLimitRequestRatio())
                    .forEach(each -> keys.addAll(each.keySet()));
            keys.forEach(amounts::validate);
        }
    }

    @Override
    public void validateUpdate(LimitRange old, LimitRange updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }

    private static void type(String type, FieldPath path, FieldErrors errors) {
        List<String> wrong = Names.qualifiedName(type);
        errors.invalid(path, type, wrong);
        if (wrong.isEmpty() && type.indexOf('/') < 0 && !TYPES.contains(type)) {
            errors.invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    private static void names(LimitRangeItem item, FieldPath path, FieldErrors errors) {
        boolean compute = item.type().equals("Pod") || item.type().equals("Container");
        BiConsumer<String, Map<String, Quantity>> check = (field, amounts) -> {
            for (String name : new TreeMap<>(amounts).keySet()) {
                FieldPath key = path.child(field).key(name);
                if (compute) {
                    ResourceNames.validateForContainer(name, key, errors);
                } else {
                    ResourceNames.validate(name, key, errors);
                }
            }
        };
        check.accept("max", item.max());
        check.accept("min", item.min());
        if (item.type().equals("Pod")) {
            notOfPods(item.defaults(), path.child("default"), errors);
            notOfPods(item.defaultRequest(), path.child("defaultRequest"), errors);
        } else {
            check.accept("default", item.defaults());
            check.accept("defaultRequest", item.defaultRequest());
        }
        boolean storage = item.min().containsKey("storage") || item.max().containsKey("storage");
        if (item.type().equals("PersistentVolumeClaim") && !storage) {
            errors.required(
                    path.child("limits"),
                    "either minimum or maximum storage value is required, but neither was provided");
        }
        check.accept("maxLimitRequestRatio", item.maxLimitRequestRatio());
    }

    private static void notOfPods(Map<String, Quantity> amounts, FieldPath path, FieldErrors errors) {
        if (!amounts.isEmpty()) {
            errors.forbidden(path, "may not be specified when `type` is 'Pod'");
        }
    }

    /** Compares the amounts of one resource with one another. */
    private static final class Amounts {

        private final LimitRangeItem item;
        private final FieldPath path;
        private final FieldErrors errors;
        private final boolean pod;

        Amounts(LimitRangeItem item, FieldPath path, FieldErrors errors) {
            this.item = item;
            this.path = path;
            this.errors = errors;
            this.pod = item.type().equals("Pod");
        }

        void validate(String name) {
            Quantity min = item.min().get(name);
            Quantity max = item.max().get(name);
            Quantity limit = pod ? null : item.defaults().get(name);
            Quantity request = pod ? null : item.defaultRequest().get(name);
            FieldPath minPath = path.child("min").key(name);
            FieldPath limitPath = path.child("default").key(name);
            FieldPath requestPath = path.child("defaultRequest").key(name);
            ordered("min", min, "max", max, minPath, min);
            ordered("min", min, "default request", request, requestPath, request);
            ordered("default request", request, "max", max, requestPath, request);
            ordered("default request", request, "default limit", limit, requestPath, request);
            ordered("min", min, "default", limit, limitPath, min);
            ordered("default", limit, "max", max, limitPath, max);
            ratio(name, min, max);
            if (!ResourceNames.isOvercommitted(name) && limit != null && request != null && !limit.equals(request)) {
                errors.invalid(
                        requestPath,
                        request,
                        "default value " + limit + " must equal to defaultRequest value " + request + " in " + name);
            }
        }

        private void ordered(
                String low,
                @Nullable Quantity least,
                String high,
                @Nullable Quantity most,
                FieldPath at,
                @Nullable Quantity shown) {
            if (least != null && most != null && least.compareTo(most) > 0) {
                errors.invalid(at, shown, low + " value " + least + " is greater than " + high + " value " + most);
            }
        }

        private void ratio(String name, @Nullable Quantity min, @Nullable Quantity max) {
            Quantity ratio = item.maxLimitRequestRatio().get(name);
            if (ratio == null) {
                return;
            }
            FieldPath at = path.child("maxLimitRequestRatio").key(name);
            if (ratio.compareTo(ONE) < 0) {
                errors.invalid(at, ratio, "ratio " + ratio + " is less than 1");
            }
            if (min != null && max != null && min.signum() != 0) {
                double most = max.amount().doubleValue() / min.amount().doubleValue();
                if (ratio.amount().doubleValue() > most) {
                    errors.invalid(
                            at,
                            ratio,
                            String.format(Locale.ROOT, "ratio %s is greater than max/min = %f", ratio, most));
                }
            }
        }
    }
}
