/** Which writer of an object owns which of its fields, and what follows from that: server-side apply. */
@NullMarked
package dev.orchestrator.runtime.ownership;

import org.jspecify.annotations.NullMarked;
