package dev.orchestrator.runtime.admission.pod;

/** Where a pod spec is: a template leaves to its pods what only pods get. */
enum SpecKind {
    /** In the template of a workload. */
    TEMPLATE,
    /** In a pod. */
    POD
}
