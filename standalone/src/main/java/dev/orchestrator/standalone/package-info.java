/** The program {@code orchestrator}: its command line, and the life of the server it runs. */
@NullMarked
package dev.orchestrator.standalone;

import org.jspecify.annotations.NullMarked;
