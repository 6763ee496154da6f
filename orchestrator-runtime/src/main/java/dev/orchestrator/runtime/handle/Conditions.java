package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.codec.Codec;
import org.jspecify.annotations.Nullable;

/** The conditions in the status of an object of any kind. */
final class Conditions {

    /** One condition. */
    record Condition(String type, String status, String reason, String message) {

        boolean is(String wanted, String wantedStatus) {
            return type.equalsIgnoreCase(wanted) && status.equalsIgnoreCase(wantedStatus);
        }

        @Override
        public String toString() {
            String why = reason.isEmpty() ? "" : " " + reason;
            return type + "=" + status + why + (message.isEmpty() ? "" : ": " + message);
        }
    }

    private Conditions() {}

    static List<Condition> of(Resource object) {
        var conditions = new ArrayList<Condition>();
        Object status = Codec.toTree(object).get("status");
        if (status instanceof Map<?, ?> map && map.get("conditions") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> fields) {
                    conditions.add(new Condition(
                            text(fields.get("type")),
                            text(fields.get("status")),
                            text(fields.get("reason")),
                            text(fields.get("message"))));
                }
            }
        }
        return conditions;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
