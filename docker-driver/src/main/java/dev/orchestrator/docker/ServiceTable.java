package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.PublishedService.Name;
import dev.orchestrator.spi.PublishedService.Route;
import dev.orchestrator.spi.PublishedService.Target;
import dev.orchestrator.spi.TransportProtocol;

/** Writes services the way the gateway reads them; {@code table.h} says how that is. */
final class ServiceTable {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int INTERNET = 1;
    private static final int SECONDS_TO_LIVE = 5;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;
    private static final int MOST = 0xffff;

    private ServiceTable() {}

    /** {@return a frame with all services} */
    static byte[] frame(int serial, Collection<PublishedService> services) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(serial);
            for (PublishedService service : services) {
                for (Route route : service.routes()) {
                    write(out, route);
                }
            }
            for (Name name : merged(services)) {
                write(out, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var frame = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(frame)) {
            out.writeInt(bytes.size());
            bytes.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frame.toByteArray();
    }

    /** One pod may be an endpoint of several services, and so its address has several names. */
    private static List<Name> merged(Collection<PublishedService> services) {
        var values = new LinkedHashMap<Map.Entry<String, PublishedService.Type>, List<String>>();
        for (PublishedService service : services) {
            for (Name name : service.names()) {
                values.computeIfAbsent(Map.entry(name.name(), name.type()), any -> new ArrayList<>())
                        .addAll(name.values());
            }
        }
        return values.entrySet().stream()
                .map(entry -> new Name(entry.getKey().getKey(), entry.getKey().getValue(), entry.getValue()))
                .toList();
    }

    private static void write(DataOutputStream out, Route route) throws IOException {
        if (route.protocol() == TransportProtocol.SCTP) {
            return;
        }
        List<Target> targets =
                route.targets().subList(0, Math.min(route.targets().size(), MOST));
        out.writeByte('S');
        out.writeByte(route.protocol() == TransportProtocol.UDP ? UDP : TCP);
        out.write(address(route.ip()));
        out.writeShort(route.port());
        out.writeInt((int) Math.min(Integer.MAX_VALUE, route.affinity().toSeconds()));
        out.writeShort(targets.size());
        for (Target target : targets) {
            out.write(address(target.ip()));
            out.writeShort(target.port());
        }
    }

    private static void write(DataOutputStream out, Name name) throws IOException {
        byte[] owner = name(name.name());
        if (owner.length == 0) {
            return;
        }
        var records = new ArrayList<byte[]>();
        for (String value : name.values()) {
            byte[] data = data(name.type(), value);
            if (data.length > 0 && records.size() < MOST) {
                records.add(record(name.type(), data));
            }
        }
        out.writeByte('N');
        out.writeShort(number(name.type()));
        out.writeByte(owner.length);
        out.write(owner);
        out.writeShort(records.size());
        for (byte[] record : records) {
            out.writeShort(record.length);
            out.write(record);
        }
    }

    private static byte[] record(PublishedService.Type type, byte[] data) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(number(type));
            out.writeShort(INTERNET);
            out.writeInt(SECONDS_TO_LIVE);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }

    private static int number(PublishedService.Type type) {
        return switch (type) {
            case A -> 1;
            case CNAME -> 5;
            case PTR -> 12;
            case SRV -> 33;
        };
    }

    private static byte[] data(PublishedService.Type type, String value) throws IOException {
        return switch (type) {
            case A -> address(value);
            case CNAME, PTR -> name(value);
            case SRV -> place(value);
        };
    }

    private static byte[] place(String value) throws IOException {
        String[] parts = value.split(" ", -1);
        byte[] name = parts.length == 4 ? name(parts[3]) : new byte[0];
        if (name.length == 0) {
            throw new IllegalArgumentException("not a place: " + value);
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (int i = 0; i < 3; i++) {
                out.writeShort(Integer.parseInt(parts[i]));
            }
            out.write(name);
        }
        return bytes.toByteArray();
    }

    /** {@return a name as labels with their lengths, in lower case; empty if it is none that DNS can hold} */
    private static byte[] name(String text) {
        var out = new ByteArrayOutputStream();
        String absolute = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        for (String label : absolute.split("\\.", -1)) {
            byte[] bytes = label.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0 || bytes.length > LONGEST_LABEL) {
                return new byte[0];
            }
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.write(0);
        return out.size() > LONGEST_NAME ? new byte[0] : out.toByteArray();
    }

    private static byte[] address(String ip) throws UnknownHostException {
        // A name would be looked up.
        if (!ip.matches("\\d{1,3}(\\.\\d{1,3}){3}") || !(InetAddress.getByName(ip) instanceof Inet4Address found)) {
            throw new IllegalArgumentException("not an IPv4 address: " + ip);
        }
        return found.getAddress();
    }
}
