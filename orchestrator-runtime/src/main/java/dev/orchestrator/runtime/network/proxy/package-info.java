/**
 * The data plane of services: TCP and UDP forwarding on selectors, from one steady loopback address to a changing set
 * of endpoints. It knows nothing of Kubernetes objects.
 */
@NullMarked
package dev.orchestrator.runtime.network.proxy;

import org.jspecify.annotations.NullMarked;
