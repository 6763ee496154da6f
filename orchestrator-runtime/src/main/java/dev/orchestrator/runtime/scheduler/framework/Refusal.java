package dev.orchestrator.runtime.scheduler.framework;

/**
 * One node's refusal of a pod.
 *
 * @param node the node
 * @param by the first rule that the node does not meet
 * @param why what is wrong
 */
public record Refusal(NodeInfo node, FilterPlugin by, Rejection why) {}
