package dev.orchestrator.runtime.stress;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.store.ObjectStore;

/**
 * What all who play in a stress test share.
 *
 * @param cluster the orchestrator under test
 * @param store its store
 * @param driver its driver
 * @param witness who sees every revision
 * @param stop set when the play is over
 */
public record Stage(Cluster cluster, ObjectStore store, InMemoryDriver driver, Witness witness, AtomicBoolean stop) {

    /** What an orchestrator may answer when others were faster or a request makes no sense at the moment. */
    private static final Set<Reason> REFUSALS = EnumSet.of(
            Reason.NOT_FOUND,
            Reason.ALREADY_EXISTS,
            Reason.CONFLICT,
            Reason.FORBIDDEN,
            Reason.INVALID,
            Reason.BAD_REQUEST);

    /** What somebody does once. */
    public interface Act {
        /** Does it. */
        void play(SplittableRandom random) throws InterruptedException;
    }

    /** {@return a thread that acts again and again until the play is over} */
    public Thread player(String name, long seed, Act act) {
        return Thread.ofPlatform().name(name).start(() -> {
            var random = new SplittableRandom(seed);
            try {
                while (!stop.get()) {
                    playOnce(name, act, random);
                    witness.catchUp();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void playOnce(String name, Act act, SplittableRandom random) throws InterruptedException {
        try {
            act.play(random);
        } catch (ApiException e) {
            if (!REFUSALS.contains(e.reason())) {
                witness.report(name + ": " + e.reason() + ": " + e.getMessage());
            }
        } catch (RuntimeException e) {
            witness.report(name + ": " + e);
        }
    }
}
