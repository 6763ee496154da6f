/** What all Kubernetes objects share: resource types, keys, quantities, selectors and times. */
@NullMarked
package dev.orchestrator.api.model;

import org.jspecify.annotations.NullMarked;
