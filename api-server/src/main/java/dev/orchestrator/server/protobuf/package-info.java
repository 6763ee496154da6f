/** Objects that clients send in Kubernetes' protobuf. */
@NullMarked
package dev.orchestrator.server.protobuf;

import org.jspecify.annotations.NullMarked;
