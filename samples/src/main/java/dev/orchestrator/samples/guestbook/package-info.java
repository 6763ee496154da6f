/** A guestbook of three deployments: applied, scaled, rolled, broken, healed and undone while a client uses it. */
@NullMarked
package dev.orchestrator.samples.guestbook;

import org.jspecify.annotations.NullMarked;
