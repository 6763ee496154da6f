package dev.orchestrator.runtime.kubelet.volume;

import dev.orchestrator.api.model.Bytes;

/**
 * One file that a volume shows.
 *
 * @param content what is in it
 * @param mode its permissions, as {@code chmod} takes them
 */
record ProjectedFile(Bytes content, int mode) {}
