package io.stowage.host.holder;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where server and holder of one state folder meet. */
record HolderFiles(Path folder) {
    Path socket() {
        return folder.resolve("holder.socket");
    }

    /** Locked by the holder for as long as it lives: there is one per folder. */
    Path lock() {
        return folder.resolve("holder.lock");
    }

    Path log() {
        return folder.resolve("holder.log");
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(socket());
    }
}
