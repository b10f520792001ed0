package io.stowage.host.nvme;

import io.stowage.host.remote.Attempt;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.model.Portal;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.text.Nqn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

/** Asks a portal for the subsystems that a host may use. Base 2.0, section 5.16.1.23. */
public final class Discovery {
    /** Where discovery services listen, by IANA; arrays answer at their I/O port, 4420, too. */
    public static final int PORT = 8009;

    private static final int MAX_TRIES = 10;
    /** A log of 1000 entries is more than an array lists to one host. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int PIECE = 4096;

    private Discovery() {}

    /**
     * The log of a portal's discovery controller, as this host sees it.
     *
     * @param limit after which it is given up
     * @throws IOException it doesn't answer in time, or the log makes no sense
     */
    public static List<DiscoveryEntry> ask(HostIdentity host, Portal portal, Duration limit) throws IOException {
        Attempt attempt = new Attempt(limit);
        Thread.ofVirtual().start(attempt::watch);
        try {
            Arrival arrival = new Arrival(
                    host, Nqn.DISCOVERY, portal, attempt, NvmeOptions.DEFAULT, InitiatorOptions.DEFAULT, Duration.ZERO);
            return read(arrival.admin());
        } finally {
            attempt.abort();
        }
    }

    private static List<DiscoveryEntry> read(Admin admin) throws IOException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            ByteBuffer header = piece(admin, 0, DiscoveryLog.HEADER_BYTES);
            long count = DiscoveryLog.count(header);
            if (count < 0 || count > (MAX_BYTES - DiscoveryLog.HEADER_BYTES) / DiscoveryEntry.BYTES) {
                throw new IOException("the discovery log has " + Long.toUnsignedString(count) + " entries");
            }
            ByteBuffer log = ByteBuffer.allocate(DiscoveryLog.HEADER_BYTES + (int) count * DiscoveryEntry.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            log.put(header);
            while (log.hasRemaining()) {
                log.put(piece(admin, log.position(), Math.min(PIECE, log.remaining())));
            }
            ByteBuffer again = piece(admin, 0, DiscoveryLog.HEADER_BYTES);
            if (DiscoveryLog.generation(again) == DiscoveryLog.generation(log)) {
                return DiscoveryLog.parse(log.flip()).entries();
            }
        }
        throw new IOException("the discovery log does not stop changing");
    }

    private static ByteBuffer piece(Admin admin, long offset, int length) throws IOException {
        ByteBuffer piece = admin.log(DiscoveryLog.LOG_ID, false, offset, length);
        if (piece.remaining() != length) {
            throw new EOFException("the discovery log ended early");
        }
        return piece;
    }
}
