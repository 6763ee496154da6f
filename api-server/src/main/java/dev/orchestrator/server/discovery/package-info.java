/** What the server says about itself: groups, kinds, verbs, schemas, health. */
@NullMarked
package dev.orchestrator.server.discovery;

import org.jspecify.annotations.NullMarked;
