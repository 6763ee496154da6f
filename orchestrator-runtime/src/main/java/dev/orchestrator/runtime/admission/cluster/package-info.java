/** Defaults and rules of nodes, events, leases, priorities, service accounts, limits and quotas. */
@NullMarked
package dev.orchestrator.runtime.admission.cluster;

import org.jspecify.annotations.NullMarked;
