/** Cluster roles that gather the rules of others. */
@NullMarked
package dev.orchestrator.runtime.controller.clusterrole;

import org.jspecify.annotations.NullMarked;
