package io.stowage.benchmarks.lists;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with a pool that gets many block volumes with snapshots, and is asked for lists of them. */
final class Peer {
    static final int SNAPSHOTS = 4;

    private static final int CLIENTS = 8;
    private static final int BUFFER = 1 << 16;
    private static final int STATUS = "HTTP/1.1 200".length();

    private final Path socket;
    private final String pool;
    private final StowageClient client;
    private final AtomicInteger made = new AtomicInteger();

    Peer(Path socket, String pool) {
        this.socket = socket;
        this.pool = pool;
        this.client = new StowageClient(socket);
    }

    /** How many volumes were made. */
    int volumes() {
        return made.get();
    }

    /**
     * Makes volumes until there are so many, or until it is late.
     *
     * @param end nanoseconds of the system's clock
     */
    void fill(int volumes, long end) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger(made.get());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    for (int n = next.getAndIncrement();
                            n < volumes && System.nanoTime() < end;
                            n = next.getAndIncrement()) {
                        create("v" + n);
                        for (int s = 0; s < SNAPSHOTS; s++) {
                            snapshot("v" + n, "s" + s);
                        }
                        made.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private String url() {
        return "/1.0/storage-pools/" + pool + "/volumes/custom";
    }

    void create(String name) {
        client.run(
                "POST",
                url(),
                Json.of(Map.of("name", name, "content_type", "block", "config", Map.of("size", "1MiB"))));
    }

    void snapshot(String volume, String name) {
        client.run("POST", url() + "/" + volume + "/snapshots", Json.of(Map.of("name", name)));
    }

    void delete(String volume) {
        client.run("DELETE", url() + "/" + volume, null);
    }

    /** Deletes a snapshot, as some clients have to before its volume. */
    void delete(String volume, String snapshot) {
        client.run("DELETE", url() + "/" + volume + "/snapshots/" + snapshot, null);
    }

    /** Reads the list of the pool's volumes and snapshots to its end, without looking at it; returns its bytes. */
    long list(int recursion) throws IOException {
        String request =
                "GET /1.0/storage-pools/%s/volumes?recursion=%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .formatted(pool, recursion);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long bytes = 0;
            String status = "";
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                if (bytes == 0) {
                    status = StandardCharsets.US_ASCII
                            .decode(buffer.slice(0, STATUS))
                            .toString();
                }
                bytes += buffer.remaining();
                buffer.clear();
            }
            if (!status.endsWith(" 200")) {
                throw new IOException(socket + " answers " + status);
            }
            return bytes;
        }
    }
}
