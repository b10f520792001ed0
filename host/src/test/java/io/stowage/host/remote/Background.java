package io.stowage.host.remote;

import java.util.concurrent.CompletableFuture;

/** Work beside a test, on a thread of its own: the common pool may have only one, which others need too. */
public final class Background {
    private Background() {}

    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(
                work, task -> Thread.ofPlatform().daemon().name("background").start(task));
    }
}
