package dev.orchestrator.runtime.handle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EnvFromSource;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceFieldSelector;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about the environment of a container. */
final class EnvironmentDescription {

    private final Sheet sheet;
    private final @Nullable Pod pod;
    private final Container container;

    EnvironmentDescription(Sheet sheet, @Nullable Pod pod, Container container) {
        this.sheet = sheet;
        this.pod = pod;
        this.container = container;
    }

    void write() {
        if (!container.envFrom().isEmpty()) {
            sheet.section(
                    "Environment Variables from", () -> container.envFrom().forEach(this::source));
        }
        if (container.env().isEmpty()) {
            sheet.field("Environment", Phrases.NONE);
        } else {
            sheet.section("Environment", () -> container.env().forEach(this::variable));
        }
    }

    private void source(EnvFromSource source) {
        var map = source.configMapRef();
        var secret = source.secretRef();
        String prefix = Phrases.text(source.prefix());
        String with = prefix.isEmpty() ? "" : " with prefix '" + prefix + "'";
        if (map != null) {
            sheet.row(map.name(), "ConfigMap" + with, optional(map.optional()));
        } else if (secret != null) {
            sheet.row(secret.name(), "Secret" + with, optional(secret.optional()));
        } else {
            sheet.row("", with, optional(false));
        }
    }

    private static String optional(@Nullable Boolean optional) {
        return "Optional: " + (optional != null && optional);
    }

    private void variable(EnvVar variable) {
        EnvVarSource from = variable.valueFrom();
        if (from == null) {
            String[] lines = Phrases.text(variable.value()).split("\n", -1);
            sheet.field(variable.name(), lines[0]);
            for (int i = 1; i < lines.length; i++) {
                sheet.row("", lines[i]);
            }
        } else {
            reference(variable.name(), from);
        }
    }

    private void reference(String name, EnvVarSource from) {
        var field = from.fieldRef();
        var resource = from.resourceFieldRef();
        var secret = from.secretKeyRef();
        var map = from.configMapKeyRef();
        if (field != null) {
            String value = pod == null ? "" : field(pod, field.fieldPath());
            sheet.field(name, value + " (" + field.apiVersion() + ":" + field.fieldPath() + ")");
        } else if (resource != null) {
            sheet.field(name, amount(resource) + " (" + resource.resource() + ")");
        } else if (secret != null) {
            String text = "<set to the key '" + secret.key() + "' in secret '" + secret.name() + "'>";
            sheet.row(name + ":", text, optional(secret.optional()));
        } else if (map != null) {
            String text = "<set to the key '" + map.key() + "' of config map '" + map.name() + "'>";
            sheet.row(name + ":", text, optional(map.optional()));
        }
    }

    /** {@return the value of a field of the metadata: of others kubectl says only where they are} */
    private static String field(Pod pod, String path) {
        var metadata = pod.metadata();
        return switch (path) {
            case "metadata.name" -> metadata.nameOrEmpty();
            case "metadata.namespace" -> metadata.namespaceOrEmpty();
            case "metadata.uid" -> metadata.uidOrEmpty();
            case "metadata.labels" -> entries(metadata.labels());
            case "metadata.annotations" -> entries(metadata.annotations());
            default -> "";
        };
    }

    private static String entries(Map<String, String> map) {
        return map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + GoText.quote(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String amount(ResourceFieldSelector selector) {
        String[] steps = selector.resource().split("\\.", 2);
        var resources = container.resources();
        Quantity amount = (steps[0].equals("limits") ? resources.limits() : resources.requests()).get(steps[1]);
        if (amount == null || amount.signum() == 0) {
            boolean bounded = selector.resource().equals("limits.cpu")
                    || selector.resource().equals("limits.memory");
            return bounded ? "node allocatable" : "0";
        }
        Quantity divisor = selector.divisor();
        BigDecimal unit = divisor == null || divisor.signum() == 0 ? BigDecimal.ONE : divisor.amount();
        return amount.amount().divide(unit, 0, RoundingMode.CEILING).toPlainString();
    }
}
