package io.stowage.host.rsync;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Threads of their own for streams of a process: who waits in one can't be interrupted. */
final class Background {
    private Background() {}

    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException;
    }

    static <T> CompletableFuture<T> run(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("rsync").start(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
