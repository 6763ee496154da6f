package dev.orchestrator.runtime.network;

import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** Reads the protocol field of ports. */
final class Protocols {

    private Protocols() {}

    /** {@return the protocol a field names; TCP when it is absent} */
    static TransportProtocol of(@Nullable String protocol) {
        if (protocol == null) {
            return TransportProtocol.TCP;
        }
        return switch (protocol) {
            case "UDP" -> TransportProtocol.UDP;
            case "SCTP" -> TransportProtocol.SCTP;
            default -> TransportProtocol.TCP;
        };
    }
}
