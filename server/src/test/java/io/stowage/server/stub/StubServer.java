package io.stowage.server.stub;

import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** For trying clients by hand: {@code StubServer FOLDER}, then {@code LXD_DIR=FOLDER lxc storage list}. */
final class StubServer {
    private StubServer() {}

    public static void main(String[] arguments) throws Exception {
        var socket = new Listener.UnixSocket(Path.of(arguments[0], "unix.socket"), 0660, Optional.empty());
        try (var api = new StubEngine().api();
                var _ = WebServer.start("stub", api, List.of(socket))) {
            System.out.println("ready");
            System.in.read();
        }
    }
}
