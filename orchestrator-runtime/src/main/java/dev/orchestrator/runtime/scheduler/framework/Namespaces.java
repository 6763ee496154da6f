package dev.orchestrator.runtime.scheduler.framework;

import java.util.Map;

/** The labels of namespaces, which pod affinity may select by. */
@FunctionalInterface
public interface Namespaces {

    /** {@return the labels of the namespace; none when it is not known} */
    Map<String, String> labelsOf(String namespace);
}
