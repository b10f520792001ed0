package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a connection's peer is asked for a sign of life, and when it is given up. */
class HeartbeatTest {
    private static final int WAITING = 1;

    private final Connection connection = new Connection();
    private final Heartbeat heartbeat = new Heartbeat(connection);

    private static final class Connection implements Heartbeat.Patient {
        private long reads = WAITING;
        private long writes;
        private int asked;
        private boolean ended;

        @Override
        public long reads() {
            return reads;
        }

        @Override
        public long writes() {
            return writes;
        }

        @Override
        public void ask() {
            asked++;
        }

        @Override
        public void end(String why) {
            ended = true;
        }

        void hear() {
            reads += 2;
        }
    }

    @Test
    void aTalkingPeerIsLeftInPeace() {
        for (int i = 0; i < 100; i++) {
            connection.hear();
            heartbeat.look();
        }
        assertThat(connection.asked).isZero();
        assertThat(connection.ended).isFalse();
    }

    @Test
    void aSilentPeerIsAskedOnceAndGivenUpLater() {
        look(5);
        assertThat(connection.asked).isOne();
        assertThat(connection.ended).isFalse();
        look(10);
        assertThat(connection.asked).isOne();
        assertThat(connection.ended).isTrue();
    }

    @Test
    void whoAnswersEachTimeLives() {
        for (int i = 0; i < 20; i++) {
            look(8);
            connection.hear();
        }
        assertThat(connection.asked).isEqualTo(20);
        assertThat(connection.ended).isFalse();
    }

    @Test
    void aConnectionThatIsBusyItselfCantHear() {
        connection.reads++;
        look(8);
        assertThat(connection.asked).isZero();
        assertThat(connection.ended).isFalse();
        connection.reads++;
        look(5);
        assertThat(connection.asked).isOne();
        assertThat(connection.ended).isFalse();
    }

    @Test
    void aConnectionThatIsHeldUpForLongEnds() {
        connection.reads++;
        look(10);
        assertThat(connection.ended).isTrue();
    }

    @Test
    void aPeerThatTakesNothingIsGivenUp() {
        connection.writes++;
        for (int i = 0; i < 8; i++) {
            connection.hear();
            look(1);
        }
        assertThat(connection.ended).isFalse();
        for (int i = 0; i < 2; i++) {
            connection.hear();
            look(1);
        }
        assertThat(connection.ended).isTrue();
    }

    @Test
    void aSlowPeerThatTakesALittleIsNot() {
        for (int i = 0; i < 100; i++) {
            connection.hear();
            connection.writes += 1 + i % 2;
            look(1);
        }
        assertThat(connection.ended).isFalse();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            heartbeat.look();
        }
    }
}
