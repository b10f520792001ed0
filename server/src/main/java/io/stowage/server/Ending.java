package io.stowage.server;

import io.stowage.system.Signals;
import java.util.concurrent.CompletableFuture;

/** How the server is asked to end. */
enum Ending {
    /** SIGTERM or SIGINT: attachments stay, a successor takes them over. */
    STOP,
    /** SIGPWR: the machine goes down, everything is detached first. */
    POWER_OFF;

    /** Listens for the signals; the first one decides. */
    static CompletableFuture<Ending> onSignal() {
        var ending = new CompletableFuture<Ending>();
        Signals.on("TERM", () -> ending.complete(STOP));
        Signals.on("INT", () -> ending.complete(STOP));
        Signals.on("PWR", () -> ending.complete(POWER_OFF));
        return ending;
    }
}
