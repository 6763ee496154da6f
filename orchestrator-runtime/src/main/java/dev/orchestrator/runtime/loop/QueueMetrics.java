package dev.orchestrator.runtime.loop;

/**
 * What a queue has done so far.
 *
 * @param name the name of the queue
 * @param depth how many keys wait
 * @param active how many keys are being worked on
 * @param adds how many keys were added, those that waited already not counted
 * @param passes how many passes have ended
 * @param retries how many passes are to be repeated with a growing delay
 * @param failures how many passes have thrown
 */
public record QueueMetrics(String name, int depth, int active, long adds, long passes, long retries, long failures) {}
