/** Objects as rows, as kubectl prints them. */
@NullMarked
package dev.orchestrator.server.table;

import org.jspecify.annotations.NullMarked;
