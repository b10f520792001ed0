package io.stowage.host.iscsi;

import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.UnitMissing;
import io.stowage.host.remote.Persistence;
import io.stowage.host.remote.RemoteError;
import io.stowage.host.remote.Verdict;
import io.stowage.iscsi.scsi.BlockLimits;
import io.stowage.iscsi.scsi.Capacity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.InquiryData;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.Provisioning;
import io.stowage.iscsi.scsi.VpdPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Proves on a connection that a unit is the expected one, before anything else is done with it. */
final class Examination {
    private static final int ANSWER = 1024;
    private static final int STANDARD_ANSWER = 96;
    private static final int BLOCK = 512;
    /** 1 GiB in blocks: a command must not take so long that its connection is given up. */
    private static final long MAX_RANGE = 1L << 21;

    private final Connection connection;
    private final int unit;
    private final Persistence persistence;

    Examination(Connection connection, int unit, Duration retryDelay) {
        this.connection = connection;
        this.unit = unit;
        this.persistence = new Persistence(unit, retryDelay);
    }

    /**
     * What the unit says of itself.
     *
     * @throws UnitMissing there is none
     * @throws IdentityMismatch it is another one
     * @throws IOException it could not be asked
     */
    UnitFacts of(ExpectedIdentity expected) throws IOException {
        ByteBuffer standard = ask(new Cdb.Inquiry(false, 0, STANDARD_ANSWER), STANDARD_ANSWER);
        if (!InquiryData.isDisk(standard)) {
            throw new UnitMissing("The target has no unit " + unit + " for this host");
        }
        requireDesignator(expected);
        requireSerial(expected);
        Capacity capacity = Capacity.parse16(ask(new Cdb.ReadCapacity16(Capacity.LENGTH_16), Capacity.LENGTH_16));
        if (capacity.blockLength() != BLOCK) {
            throw new IOException("Unit %d has blocks of %d bytes: only %d can be used"
                    .formatted(unit, capacity.blockLength(), BLOCK));
        }
        return facts(capacity);
    }

    private UnitFacts facts(Capacity capacity) throws IOException {
        boolean unmapZeroes = false;
        long zeroBlocks = MAX_RANGE;
        if (capacity.thin()) {
            try {
                Provisioning provisioning = Provisioning.parse(page(VpdPage.PROVISIONING));
                BlockLimits limits = BlockLimits.parse(page(VpdPage.BLOCK_LIMITS));
                unmapZeroes = provisioning.writeSame16() && capacity.zeroed();
                if (limits.maxWriteSame() > 0) {
                    zeroBlocks = Math.min(MAX_RANGE, limits.maxWriteSame());
                }
            } catch (RemoteError e) {
                // No such pages: zeroes are written, and may take space.
            }
        }
        return new UnitFacts(capacity.bytes(), zeroBlocks, capacity.thin() && capacity.zeroed(), unmapZeroes);
    }

    private void requireDesignator(ExpectedIdentity expected) throws IOException {
        List<String> names = Designator.parse(page(VpdPage.DEVICE_IDENTIFICATION)).stream()
                .filter(Designator::isUnitNaa)
                .map(designator -> hex(designator.name()))
                .toList();
        if (!names.contains(expected.designator())) {
            throw new IdentityMismatch("Unit %d is the volume with the identity %s, not %s"
                    .formatted(unit, names.isEmpty() ? "(none)" : String.join(", ", names), expected.designator()));
        }
    }

    private void requireSerial(ExpectedIdentity expected) throws IOException {
        if (expected.serial().isBlank()) {
            return;
        }
        String serial = StandardCharsets.US_ASCII
                .decode(page(VpdPage.SERIAL_NUMBER))
                .toString()
                .strip();
        if (!serial.equalsIgnoreCase(expected.serial().strip())) {
            throw new IdentityMismatch("Unit %d is the volume with the serial number %s, not %s"
                    .formatted(unit, serial, expected.serial()));
        }
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private ByteBuffer page(int code) throws IOException {
        ByteBuffer page = ask(new Cdb.Inquiry(true, code, ANSWER), ANSWER);
        try {
            return VpdPage.body(code, page);
        } catch (IllegalArgumentException e) {
            throw new IOException("Unit " + unit + " answered wrongly: " + e.getMessage(), e);
        }
    }

    private ByteBuffer ask(Cdb question, int length) throws IOException {
        ByteBuffer answer = ByteBuffer.allocateDirect(length);
        persistence.carryOut(() -> {
            answer.clear();
            Task task = Task.reading(Lun.encode(unit), question, answer);
            Verdict verdict = connection.carryOut(task);
            answer.limit(task.received());
            return verdict;
        });
        return answer;
    }
}
