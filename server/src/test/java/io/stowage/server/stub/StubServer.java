package io.stowage.server.stub;

import java.nio.file.Path;

/** For trying clients by hand: {@code StubServer FOLDER}, then {@code LXD_DIR=FOLDER lxc storage list}. */
final class StubServer {
    private StubServer() {}

    public static void main(String[] arguments) throws Exception {
        try (var server = new TestServer(Path.of(arguments[0]))) {
            System.out.println("ready, also at " + server.listen().addresses());
            System.in.read();
        }
    }
}
