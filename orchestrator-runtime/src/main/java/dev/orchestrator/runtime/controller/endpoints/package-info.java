/** Keeps the Endpoints and EndpointSlices of services in line with their pods. */
@NullMarked
package dev.orchestrator.runtime.controller.endpoints;

import org.jspecify.annotations.NullMarked;
