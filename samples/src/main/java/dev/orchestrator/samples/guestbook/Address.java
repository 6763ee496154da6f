package dev.orchestrator.samples.guestbook;

/**
 * Where a store is, as the manifests say it.
 *
 * @param host the name of a service
 * @param port its port
 */
record Address(String host, int port) {

    /** {@return the address that {@code host:port} means} */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port");
        }
        return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
