@NullMarked
package dev.orchestrator.standalone;

import org.jspecify.annotations.NullMarked;
