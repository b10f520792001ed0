package io.stowage.cli;

import io.stowage.client.StowageClient;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the usual commands once against a small server of its own, so that the AOT cache written at the end holds their
 * classes. The launcher starts it at the first use of the command. With the argument {@code common} it takes only the way
 * of the commands that do without the parser: every class in a cache costs them time.
 */
public final class Training {
    private static final String POOLS = """
            {"type":"sync","status":"Success","status_code":200,"metadata":[{"name":"p","driver":"pure",\
            "description":"","status":"Created","used_by":[],"config":{"size":"1GiB"}}]}""";

    private Training() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("stowage-training");
        Path socket = folder.resolve("unix.socket");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> answer(server));
            String state = folder.toString();
            if (List.of(args).equals(List.of("common"))) {
                // The whole way, which may end at a server that isn't there, and the answer's.
                Stowage.run(nowhere, nowhere, "pool", "list");
                new PoolCommands.ListPools().run(new StowageClient(socket));
                return;
            }
            for (List<String> command : List.of(
                    List.of("pool", "list"),
                    List.of("pool", "list", "--format", "json"),
                    List.of("volume", "list", "p"),
                    List.of("volume", "show", "p", "v"),
                    List.of("snapshot", "list", "p", "v"))) {
                List<String> whole = new java.util.ArrayList<>(command);
                whole.addAll(List.of("--state", state));
                Stowage.run(nowhere, nowhere, whole.toArray(String[]::new));
            }
            Stowage.run(nowhere, nowhere, "--help");
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    private static void answer(ServerSocketChannel server) {
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Length: " + POOLS.length() + "\r\n\r\n" + POOLS)
                .getBytes(StandardCharsets.UTF_8);
        while (true) {
            try (SocketChannel peer = server.accept()) {
                peer.read(ByteBuffer.allocate(1 << 14));
                peer.write(ByteBuffer.wrap(answer));
            } catch (java.io.IOException e) {
                return;
            }
        }
    }
}
