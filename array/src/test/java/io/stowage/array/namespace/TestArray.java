package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.MemoryUnit;
import io.stowage.array.core.Registrant;
import io.stowage.array.scsi.Nexuses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The command layer of one subsystem over units in memory: all that lies behind a transport. */
final class TestArray {
    static final String NQN = "nqn.2010-06.com.purestorage:flasharray.0123456789abcdef";
    static final String HOST_A = "nqn.2014-08.org.nvmexpress:uuid:00000000-0000-4000-8000-00000000000a";
    static final String HOST_B = "nqn.2014-08.org.nvmexpress:uuid:00000000-0000-4000-8000-00000000000b";
    static final int SIZE = 8 << 20;
    static final int BLOCKS = SIZE / LogicalUnit.BLOCK_BYTES;

    /** Whose commands were aborted. */
    final List<Registrant> aborted = new ArrayList<>();

    final Units units = new Units();
    final Viewers viewers = new Viewers();
    final Subsystem subsystem =
            new Subsystem(NQN, "0123456789ABCDEF", "Pure Storage FlashArray", "6.6.2", 0x24A937, units);
    final NamespaceServer server = new NamespaceServer(viewers, Limits.DEFAULT, this::abort);

    /** What SCSI knows of the same units. */
    final Nexuses nexuses = new Nexuses(units);

    /** Both hosts see it as namespace 1. */
    final MemoryUnit unit = unit(1, SIZE);

    private int lastController;

    TestArray() {
        units.watch(viewers.watcher(units));
        units.watch(nexuses);
        units.connect(HOST_A, 1, unit);
        units.connect(HOST_B, 1, unit);
    }

    /** A unit that nobody sees yet. */
    MemoryUnit unit(int number, int size) {
        return new MemoryUnit(number, size, units);
    }

    TestHost hostA() {
        return host(HOST_A, 0xA);
    }

    TestHost hostB() {
        return host(HOST_B, 0xB);
    }

    /** A controller of its own for a host with this last digit in its identifier. */
    TestHost host(String nqn, int id) {
        return host(nqn, id, Path.optimized(1));
    }

    TestHost host(String nqn, int id, Path path) {
        byte[] hostId = new byte[16];
        hostId[15] = (byte) id;
        TestHost[] host = new TestHost[1];
        lastController++;
        Viewer viewer = viewers.enter(subsystem, nqn, hostId, lastController, path, () -> {
            if (host[0] != null) {
                host[0].rung++;
            }
        });
        host[0] = new TestHost(server, viewer);
        return host[0];
    }

    private void abort(LogicalUnit which, Collection<Registrant> whose) {
        aborted.addAll(whose);
    }
}
