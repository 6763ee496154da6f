package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;

/**
 * The program of the containers that the driver makes for itself: pause containers, and the gateway to services. It
 * comes with the driver as a file that needs nothing but a kernel, and becomes an image on the engine without a pull.
 */
final class Program {

    private static final String PATH = "orchestrator";
    private static final int TAG_LENGTH = 12;
    private static final int BLOCK = 512;

    private final String architecture;
    private final byte[] bytes;
    private final String image;

    private Program(String architecture, byte[] bytes) {
        this.architecture = architecture;
        this.bytes = bytes;
        this.image = "orchestrator.dev/gateway:" + digest(bytes).substring(0, TAG_LENGTH);
    }

    /** {@return the program for the machine of an engine; empty if there is none} */
    static Optional<Program> of(JsonNode info) {
        String architecture = Node.architecture(info.path("Architecture").asText(""));
        if (!info.path("OSType").asText("linux").equals("linux")
                || !List.of("amd64", "arm64").contains(architecture)) {
            return Optional.empty();
        }
        return Optional.of(new Program(architecture, read("gateway-" + architecture)));
    }

    /** {@return the name of its image; another program has another} */
    String image() {
        return image;
    }

    /** {@return what it runs on, as Go names it} */
    String architecture() {
        return architecture;
    }

    private static byte[] read(String resource) {
        try (InputStream in = Program.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the driver is not complete: " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the image on an engine, unless it is there. Who does so twice makes the same image. */
    void load(Engine engine) throws InterruptedException {
        String what = "loading image " + image;
        if (isLoaded(engine)) {
            return;
        }
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path("/v" + engine.version() + "/images/load?quiet=true")
                .putHeader("Content-Type", "application/x-tar")
                .bodyBytes(archive())
                .build();
        String answer;
        try (Exchange exchange = engine.open(what, request)) {
            answer = HttpHead.text(exchange.getBody());
        } catch (IOException e) {
            throw Failures.translated(what, e);
        }
        if (!isLoaded(engine)) {
            throw new DriverException(Reason.CREATE_REJECTED, what + ": " + answer);
        }
    }

    private boolean isLoaded(Engine engine) throws InterruptedException {
        return engine.find("inspecting image " + image, "/images/" + image + "/json")
                .isPresent();
    }

    /** {@return the image as an archive that an engine loads; always the same bytes, and so the same image} */
    byte[] archive() {
        byte[] layer = tar(Map.of(PATH, bytes));
        String config =
                "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"created\":\"1970-01-01T00:00:00Z\","
                        + "\"config\":{\"Entrypoint\":[\"/" + PATH + "\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:" + digest(layer) + "\"]},"
                        + "\"history\":[{\"created\":\"1970-01-01T00:00:00Z\"}]}";
        byte[] configBytes = config.getBytes(StandardCharsets.UTF_8);
        String configName = digest(configBytes) + ".json";
        String manifest = "[{\"Config\":\"" + configName + "\",\"RepoTags\":[\"" + image + "\"],"
                + "\"Layers\":[\"layer.tar\"]}]";
        var files = new LinkedHashMap<String, byte[]>();
        files.put(configName, configBytes);
        files.put("layer.tar", layer);
        files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        return tar(files);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the header of a file in the format of POSIX: root's, for anybody to run, from the beginning of time} */
    private static byte[] header(String name, int size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000755");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, octal(size, 11));
        put(header, 136, octal(0, 11));
        put(header, 148, " ".repeat(8));
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        return header;
    }

    private static String octal(int number, int digits) {
        String text = Integer.toOctalString(number);
        return "0".repeat(digits - text.length()) + text;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, at, ascii.length);
    }

    private static byte[] tar(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            out.writeBytes(header(name, content.length));
            out.writeBytes(content);
            out.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
        });
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }
}
