/** Defaults, addresses and rules of services. */
@NullMarked
package dev.orchestrator.runtime.admission.service;

import org.jspecify.annotations.NullMarked;
