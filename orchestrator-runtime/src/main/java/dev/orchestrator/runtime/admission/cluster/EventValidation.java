package dev.orchestrator.runtime.admission.cluster;

import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of events: they lie where the object lies that they tell of. */
final class EventValidation implements Validator<Event> {

    private static final FieldPath OBJECT_NAMESPACE =
            FieldPath.of("involvedObject").child("namespace");
    private static final int MAX_LENGTH = 128;
    private static final int MAX_MESSAGE_LENGTH = 1024;

    @Override
    public void validateCreate(Event event, FieldErrors errors) {
        String namespace = event.metadata().namespaceOrEmpty();
        String about = Zero.text(event.involvedObject().namespace());
        boolean matches;
        if (event.eventTime() == null) {
            matches = about.isEmpty() ? namespace.isEmpty() || namespace.equals("default") : namespace.equals(about);
        } else {
            matches = !about.isEmpty() || namespace.equals("default") || namespace.equals("kube-system");
        }
        if (!matches) {
            errors.invalid(OBJECT_NAMESPACE, about, "does not match event.namespace");
        }
        if (event.eventTime() != null) {
            reporter(event, errors);
        }
        errors.invalid(FieldPath.of("namespace"), namespace, Names.dnsSubdomain(namespace));
    }

    private static void reporter(Event event, FieldErrors errors) {
        String component = Zero.text(event.reportingComponent());
        FieldPath path = FieldPath.of("reportingComponent");
        if (component.isEmpty()) {
            errors.required(path);
        }
        errors.invalid(path, component, Names.qualifiedName(component));
        text("reportingInstance", Zero.text(event.reportingInstance()), errors);
        text("action", Zero.text(event.action()), errors);
        text("reason", Zero.text(event.reason()), errors);
        atMost("message", Zero.text(event.message()), MAX_MESSAGE_LENGTH, errors);
    }

    private static void text(String field, String text, FieldErrors errors) {
        errors.requireText(FieldPath.of(field), text);
        atMost(field, text, MAX_LENGTH, errors);
    }

    private static void atMost(String field, String text, int maximum, FieldErrors errors) {
        if (text.length() > maximum) {
            errors.invalid(FieldPath.of(field), "", "can have at most " + maximum + " characters");
        }
    }

    @Override
    public void validateUpdate(Event old, Event updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }
}
