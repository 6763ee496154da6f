/** Keeps the pods of replica sets and replication controllers at the wanted number. */
@NullMarked
package dev.orchestrator.runtime.controller.replicaset;

import org.jspecify.annotations.NullMarked;
