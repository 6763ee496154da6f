/** Which address answers for a service, and what names mean: the control side of the service proxy. */
@NullMarked
package dev.orchestrator.runtime.network;

import org.jspecify.annotations.NullMarked;
