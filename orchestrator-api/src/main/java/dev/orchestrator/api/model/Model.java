package dev.orchestrator.api.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.soabase.recordbuilder.core.RecordBuilder;

/** Marks a record of the resource model: it gets a builder of its name with {@code Builder} behind it. */
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        addClassRetainedGenerated = false,
                        enableGetters = false,
                        enableWither = false,
                        addStaticBuilder = false,
                        addFunctionalMethodsToWith = false,
                        addConcreteSettersForOptional = RecordBuilder.ConcreteSettersForOptionalMode.DISABLED))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Model {}
