package dev.orchestrator.runtime.store;

/** Names the objects of one type and namespace that carry a label with a value. */
record LabelKey(String namespace, String label, String value) {

    @Override
    public int hashCode() {
        return (namespace.hashCode() * 31 + label.hashCode()) * 31 + value.hashCode();
    }
}
