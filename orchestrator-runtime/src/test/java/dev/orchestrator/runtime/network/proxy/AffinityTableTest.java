package dev.orchestrator.runtime.network.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AffinityTableTest {
    private static final long TIMEOUT = 10_000;

    private final AffinityTable<String> table = new AffinityTable<>(Duration.ofMillis(TIMEOUT), 3);

    @Test
    void keepsAClientUntilItsTimeoutHasPassed() throws UnknownHostException {
        table.remember(client(1), "a", 0);

        assertThat(table.find(client(1), TIMEOUT - 1)).isEqualTo("a");
        assertThat(table.find(client(1), TIMEOUT)).isNull();
        assertThat(table.find(client(2), 0)).isNull();
    }

    @Test
    void countsTheTimeoutFromTheLatestConnection() throws UnknownHostException {
        table.remember(client(1), "a", 0);
        table.remember(client(1), "a", TIMEOUT - 1);

        assertThat(table.find(client(1), 2 * TIMEOUT - 2)).isEqualTo("a");
    }

    @Test
    void movesAClientToTheTargetOfItsLatestConnection() throws UnknownHostException {
        table.remember(client(1), "a", 0);
        table.remember(client(1), "b", 1);

        assertThat(table.find(client(1), 2)).isEqualTo("b");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void dropsWhatHasExpired() throws UnknownHostException {
        table.remember(client(1), "a", 0);
        table.remember(client(2), "a", 1);
        table.remember(client(3), "b", TIMEOUT);

        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void forgetsTheClientThatWasAwayLongestWhenFull() throws UnknownHostException {
        table.remember(client(1), "a", 0);
        table.remember(client(2), "b", 1);
        table.remember(client(3), "c", 2);
        table.remember(client(1), "a", 3);
        table.remember(client(4), "d", 4);

        assertThat(table.find(client(2), 5)).isNull();
        assertThat(table.find(client(1), 5)).isEqualTo("a");
        assertThat(table.size()).isEqualTo(3);
    }

    private static InetAddress client(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}
