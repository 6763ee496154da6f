/** What custom kinds look like: their schemas, what is not in them, and what they fill in. */
@NullMarked
package dev.orchestrator.runtime.custom;

import org.jspecify.annotations.NullMarked;
