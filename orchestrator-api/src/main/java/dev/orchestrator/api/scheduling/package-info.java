/**
 * Rules of an embedding program about where pods run: filters, scores, reservations, permissions, ways to make room.
 */
@NullMarked
package dev.orchestrator.api.scheduling;

import org.jspecify.annotations.NullMarked;
