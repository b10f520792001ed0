package io.stowage.array.kill;

import io.stowage.array.iscsi.TestInitiator;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.ScsiStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Over iSCSI. */
record IscsiSession(TestInitiator initiator, Set<Integer> underWay) implements HostSession {
    private static final int SECTOR = 512;

    static IscsiSession login(InetSocketAddress portal, String initiator, String target, int isid) throws IOException {
        try {
            return new IscsiSession(
                    TestInitiator.login(portal, initiator, target, isid, Preferences.DEFAULT), new HashSet<>());
        } catch (LoginFailure e) {
            throw new IOException(e);
        }
    }

    @Override
    public void arrive(int unit) throws IOException {
        if (!initiator.in(unit, new Cdb.TestUnitReady(), 0).isGood()) {
            requireGood(initiator.in(unit, new Cdb.TestUnitReady(), 0).status());
        }
    }

    @Override
    public void write(int unit, long lba, ByteBuffer data, boolean fua) throws IOException {
        int length = data.remaining();
        underWay.add(initiator.startOut(unit, new Cdb.Write(lba, length / SECTOR, fua), data, length));
    }

    /** By WRITE SAME of zeros, which needs no data. */
    @Override
    public void discard(int unit, long lba, int sectors) throws IOException {
        var cdb = new Cdb.WriteSame(CdbSize.SIXTEEN, lba, sectors, 0, false, true, true);
        underWay.add(initiator.startOut(unit, cdb, ByteBuffer.allocate(0), 0));
    }

    @Override
    public void awaitAll() throws IOException {
        while (!underWay.isEmpty()) {
            var received = initiator.receive();
            if (!(received.pdu() instanceof ScsiResponse response) || !underWay.remove(response.taskTag())) {
                throw new AssertionError("not expected: " + received.pdu());
            }
            requireGood(response.status());
        }
    }

    @Override
    public void flush(int unit) throws IOException {
        requireGood(initiator.in(unit, Cdb.SynchronizeCache.everything(), 0).status());
    }

    private static void requireGood(int status) {
        if (status != ScsiStatus.GOOD) {
            throw new AssertionError("a command ended with status " + status);
        }
    }

    @Override
    public void close() throws IOException {
        initiator.close();
    }
}
