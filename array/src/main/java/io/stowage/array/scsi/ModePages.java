package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.Sense;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Mode pages, all of them read-only. SPC-4, section 7.5; SBC-3, section 6.5. */
final class ModePages {
    private static final int ALL_PAGES = 0x3F;
    private static final int ALL_SUBPAGES = 0xFF;
    private static final int CHANGEABLE = 1;
    private static final int SAVED = 3;

    /** DPOFUA: the unit knows DPO and FUA. */
    private static final int DEVICE_SPECIFIC = 0x10;

    private static final int BLOCK_DESCRIPTOR = 8;
    private static final int PAGE_HEADER = 2;
    private static final int PAGE_CODE = 0x3F;
    private static final int SAVEABLE = 0x80;

    /** Recovery; caching with WCE; control with QAM 1 and TAS; informational exceptions with DEXCPT. */
    private static final List<byte[]> PAGES = List.of(
            hex("010a80000000000000000000"),
            hex("0812040000000000000000000000000000000000"),
            hex("0a0a001000400000ffff0000"),
            hex("1c0a08000000000000000000"));

    private ModePages() {}

    /** The answer to MODE SENSE. */
    static Plan sense(Cdb.ModeSense command, long blocks) {
        if (command.control() == SAVED) {
            return new Plan.Refuse(Sense.SAVING_NOT_SUPPORTED);
        }
        boolean all = command.page() == ALL_PAGES;
        if (command.subpage() != 0 && !(all && command.subpage() == ALL_SUBPAGES)) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(3));
        }
        List<byte[]> pages =
                PAGES.stream().filter(page -> all || page[0] == command.page()).toList();
        if (pages.isEmpty()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!command.withoutBlocks()) {
            body.writeBytes(blockDescriptor(blocks));
        }
        int descriptorLength = body.size();
        for (byte[] page : pages) {
            body.writeBytes(command.control() == CHANGEABLE ? mask(page) : page);
        }
        ByteBuffer data = withHeader(command.size(), descriptorLength, body.toByteArray());
        return new Plan.Send(data.limit(Math.min(data.limit(), command.allocation())));
    }

    /** What is wrong with the parameter list of MODE SELECT: everything but the present values. */
    static Optional<Sense> select(Cdb.ModeSelect command, ByteBuffer list) {
        int header = command.size() == CdbSize.SIX ? 4 : 8;
        if (list.remaining() < header) {
            return list.hasRemaining() ? Optional.of(Sense.PARAMETER_LIST_LENGTH) : Optional.empty();
        }
        int descriptors = command.size() == CdbSize.SIX ? list.get(3) & 0xFF : list.getShort(6) & 0xFFFF;
        int at = header + descriptors;
        while (at < list.limit()) {
            int length = at + 1 < list.limit() ? PAGE_HEADER + (list.get(at + 1) & 0xFF) : PAGE_HEADER;
            if (at + length > list.limit()) {
                return Optional.of(Sense.PARAMETER_LIST_LENGTH);
            }
            byte[] given = new byte[length];
            list.get(at, given);
            given[0] &= (byte) ~SAVEABLE;
            if (PAGES.stream().noneMatch(page -> Arrays.equals(page, given))) {
                return Optional.of(Sense.invalidFieldInParameters(at + firstDifference(given)));
            }
            at += length;
        }
        return at == list.limit() ? Optional.empty() : Optional.of(Sense.PARAMETER_LIST_LENGTH);
    }

    private static int firstDifference(byte[] given) {
        return PAGES.stream()
                .filter(page -> page[0] == (given[0] & PAGE_CODE))
                .mapToInt(page -> Math.max(Arrays.mismatch(page, given), 0))
                .findFirst()
                .orElse(0);
    }

    private static byte[] mask(byte[] page) {
        byte[] mask = new byte[page.length];
        mask[0] = page[0];
        mask[1] = page[1];
        return mask;
    }

    private static byte[] blockDescriptor(long blocks) {
        int count = blocks >>> 32 == 0 ? (int) blocks : 0xFFFF_FFFF;
        return ByteBuffer.allocate(BLOCK_DESCRIPTOR)
                .putInt(0, count)
                .putInt(4, LogicalUnit.BLOCK_BYTES)
                .array();
    }

    private static ByteBuffer withHeader(CdbSize size, int descriptorLength, byte[] body) {
        if (size == CdbSize.SIX) {
            ByteBuffer data = ByteBuffer.allocate(4 + body.length);
            data.put((byte) (3 + body.length)).put((byte) 0).put((byte) DEVICE_SPECIFIC);
            return data.put((byte) descriptorLength).put(body).flip();
        }
        ByteBuffer data = ByteBuffer.allocate(8 + body.length);
        data.putShort((short) (6 + body.length)).put((byte) 0).put((byte) DEVICE_SPECIFIC);
        return data.putShort((short) 0)
                .putShort((short) descriptorLength)
                .put(body)
                .flip();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
