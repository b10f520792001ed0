package io.stowage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SendLimitTest {
    @Test
    void whatHasLeftIsNotWaitedFor() {
        for (var limit : SendLimit.values()) {
            assertThatCode(() -> limit.await(CompletableFuture.completedFuture(true), "client"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void whatCannotLeaveSaysWhoIsGone() {
        var broken = new IOException("Broken pipe");
        assertThatThrownBy(() -> SendLimit.DATA.await(CompletableFuture.failedFuture(broken), "server"))
                .isInstanceOf(IOException.class)
                .hasMessage("The server is gone")
                .hasRootCause(broken);
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> SendLimit.MESSAGE.await(new CompletableFuture<>(), "client"))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("Interrupted while sending to the client");
        assertThat(Thread.interrupted()).isTrue();
    }
}
