package io.stowage.array.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class SwitchboardTest {
    private final Switchboard<String, String> board = new Switchboard<>();

    private void set(long id, String matched, String outcome, long after, long times) {
        board.add(new FaultSwitch<>(
                id,
                Json.object().put("on", matched),
                matched::equals,
                new Fault<>(Duration.ZERO, outcome),
                after,
                times));
    }

    private List<String> outcomes(String call, int calls) {
        var outcomes = new ArrayList<String>();
        for (int i = 0; i < calls; i++) {
            outcomes.add(board.take(call).map(Fault::outcome).orElse("-"));
        }
        return outcomes;
    }

    @Test
    void aSwitchLetsCallsPassThenHitsThenIsGone() {
        set(1, "a", "x", 2, 3);
        assertThat(outcomes("b", 4)).containsOnly("-");
        assertThat(outcomes("a", 7)).containsExactly("-", "-", "x", "x", "x", "-", "-");
        assertThat(board.isIdle()).isTrue();
    }

    @Test
    void theOldestSwitchThatHitsDecides() {
        set(1, "a", "x", 1, 1);
        set(2, "a", "y", 0, FaultSwitch.FOREVER);
        assertThat(outcomes("a", 4)).containsExactly("y", "x", "y", "y");
        assertThat(board.remove(each -> each.id() == 2)).isOne();
        assertThat(board.isIdle()).isTrue();
    }

    @Test
    void timesAreCountedExactlyHoweverManyCallAtOnce() throws InterruptedException {
        set(1, "a", "x", 1000, 3000);
        var hits = new AtomicInteger();
        var begin = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int call = 0; call < 1000; call++) {
                    board.take("a").ifPresent(_ -> hits.incrementAndGet());
                }
            }));
        }
        begin.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(hits).hasValue(3000);
    }
}
