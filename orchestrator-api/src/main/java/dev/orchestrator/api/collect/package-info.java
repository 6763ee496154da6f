/** What every record does with the collections it is given; not exported. */
@NullMarked
package dev.orchestrator.api.collect;

import org.jspecify.annotations.NullMarked;
