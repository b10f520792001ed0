package io.stowage.host.nvme;

import io.stowage.nvme.fabrics.Capabilities;
import io.stowage.nvme.identify.IdentifyController;
import java.io.IOException;
import java.time.Duration;

/**
 * What a host must know of a controller.
 *
 * @param id CNTLID
 * @param maxTransfer bytes of the largest read or write
 * @param capsule bytes of data that a command of an I/O queue may carry
 * @param depth commands of an I/O queue at a time, as far as the controller limits them
 * @param writesZeroes whether it has Write Zeroes
 * @param events which events it can tell of: bits of feature 0Bh
 * @param reportsAccess whether it reports asymmetric namespace access
 * @param countsTraffic whether any command counts as a sign of life (TBKAS)
 */
record ControllerFacts(
        int id,
        int maxTransfer,
        int capsule,
        int depth,
        boolean writesZeroes,
        int events,
        boolean reportsAccess,
        boolean countsTraffic) {
    private static final int MAX_TRANSFER = 1 << 20;
    private static final int SUBMISSION_ENTRY = 64;
    private static final int CAPSULE_UNIT = 16;
    private static final int SGLS_SUPPORTED = 3;
    private static final int WRITE_ZEROES = 1 << 3;
    private static final int REPORTS_ACCESS = 1 << 3;
    private static final int TRAFFIC_BASED = 1 << 6;

    /** @throws IOException no host of ours can work with it; what Linux refuses, too */
    static ControllerFacts of(int id, Capabilities capabilities, IdentifyController said) throws IOException {
        require(said.controllerId() == id, "calls itself controller " + said.controllerId() + " instead of " + id);
        require((said.sgls() & SGLS_SUPPORTED) != 0, "takes no SGLs");
        require(said.capsuleDataOffset() == 0, "has data at an offset in its capsules");
        require(said.commandCapsule() * CAPSULE_UNIT >= SUBMISSION_ENTRY, "has too small capsules");
        require(capabilities.lastEntry() > 0, "has queues of one entry");
        int exponent = said.maxTransfer();
        long transfer = exponent == 0 ? MAX_TRANSFER : (long) capabilities.smallestPage() << Math.min(exponent, 20);
        int depth = capabilities.lastEntry();
        return new ControllerFacts(
                id,
                (int) Math.min(transfer, MAX_TRANSFER),
                Math.min(said.commandCapsule() * CAPSULE_UNIT - SUBMISSION_ENTRY, MAX_TRANSFER),
                said.maxCommands() > 0 ? Math.min(depth, said.maxCommands()) : depth,
                (said.nvmCommands() & WRITE_ZEROES) != 0,
                said.events(),
                (said.sharing() & REPORTS_ACCESS) != 0,
                (said.attributes() & TRAFFIC_BASED) != 0);
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("it " + otherwise);
        }
    }

    /**
     * How long after the last command the controller may live on without us: its keep-alive time twice, three times where
     * traffic counts. Base 2.1, section 9.6.
     */
    Duration mayLive(Duration keepAlive) {
        return keepAlive.multipliedBy(countsTraffic ? 3 : 2);
    }
}
