package io.stowage.host.iscsi;

import java.util.concurrent.CompletableFuture;

/** Work beside a test, on a thread of its own: the common pool may have only one, which others need too. */
final class Background {
    private Background() {}

    static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(
                work, task -> Thread.ofPlatform().daemon().name("background").start(task));
    }
}
