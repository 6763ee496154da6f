/** What another module needs to serve an orchestrator to clients outside this JVM. */
@NullMarked
package dev.orchestrator.runtime.serving;

import org.jspecify.annotations.NullMarked;
