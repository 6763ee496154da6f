package dev.orchestrator.memory;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.memory.Image.Behaviour;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ImageDescription;

import static java.util.Objects.requireNonNull;

/** The registry that all nodes pull from: image names and what stands behind them. */
final class Images {

    private static final int DIGEST_LONGS = 4;

    private static final Behaviour NOT_FOUND = new Behaviour.Unavailable(Reason.IMAGE_NOT_FOUND, null);

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, Image> resolved = new ConcurrentHashMap<>();
    private volatile Behaviour unknown = new Behaviour.Idle();
    private volatile Duration pullDelay = Duration.ZERO;

    /** Says what stands behind one image, or behind a whole repository if the reference has no tag or digest. */
    void put(String reference, Behaviour behaviour) {
        var parsed = ImageReference.parse(reference)
                .orElseThrow(() -> new IllegalArgumentException("image " + reference + ": invalid reference format"));
        behaviours.put(parsed.isRepository() ? parsed.repository() : parsed.canonical(), behaviour);
        resolved.clear();
    }

    void put(String reference, ContainerProgram program) {
        put(reference, behaviour(program));
    }

    static Behaviour behaviour(ContainerProgram program) {
        requireNonNull(program, "program is null");
        return program instanceof ContainerScript script ? new Behaviour.Scripted(script) : new Behaviour.Runs(program);
    }

    void putMissing(String reference) {
        put(reference, NOT_FOUND);
    }

    /** Says what stands behind the images that nobody has named. */
    void unknown(Behaviour behaviour) {
        unknown = behaviour;
        resolved.clear();
    }

    void unknownIsMissing() {
        unknown(NOT_FOUND);
    }

    Duration pullDelay() {
        return pullDelay;
    }

    void pullDelay(Duration delay) {
        pullDelay = delay;
    }

    /** {@return what is known about an image; empty if the reference is not one} */
    Optional<Image> find(String reference) {
        Image known = resolved.get(reference);
        return known != null
                ? Optional.of(known)
                : ImageReference.parse(reference).map(p -> resolve(reference, p));
    }

    /** {@return the image behind a reference} */
    Image pull(String reference) {
        Image image = find(reference)
                .orElseThrow(() -> new DriverException(
                        Reason.INVALID_IMAGE_NAME,
                        "couldn't parse image name \"" + reference + "\": invalid reference format"));
        if (image.behaviour() instanceof Behaviour.Unavailable(Reason reason, String message)) {
            throw new DriverException(reason, message != null ? message : notFound(image.canonical()));
        }
        return image;
    }

    private static String notFound(String canonical) {
        return "failed to pull and unpack image \"" + canonical + "\": failed to resolve reference \"" + canonical
                + "\": " + canonical + ": not found";
    }

    private Image resolve(String reference, ImageReference parsed) {
        String canonical = parsed.canonical();
        Behaviour behaviour = behaviours.get(canonical);
        if (behaviour == null) {
            behaviour = behaviours.getOrDefault(parsed.repository(), unknown);
        }
        var description = new ImageDescription(digest(canonical), 0, null, List.of(), List.of(), Map.of());
        var image = new Image(canonical, description, behaviour);
        resolved.put(reference, image);
        return image;
    }

    /** {@return what looks like the digest of an image and is always the same; there is nothing to be digested} */
    private static String digest(String canonical) {
        long seed = 0;
        for (int i = 0; i < canonical.length(); i++) {
            seed = seed * 0x100000001b3L + canonical.charAt(i);
        }
        var bits = new SplittableRandom(seed);
        var digest = new StringBuilder("sha256:");
        for (int i = 0; i < DIGEST_LONGS; i++) {
            digest.append(HexFormat.of().toHexDigits(bits.nextLong()));
        }
        return digest.toString();
    }
}
