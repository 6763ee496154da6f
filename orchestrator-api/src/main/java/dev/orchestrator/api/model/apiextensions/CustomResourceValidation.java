package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What objects of a version have to look like. */
@Model
public record CustomResourceValidation(@Nullable JSONSchemaProps openAPIV3Schema) {}
