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

/**
 * Mode pages, shared by all initiators. SPC-4, section 7.5; SBC-3, section 6.5. Only SWP in the control page can be
 * changed; it isn't saved, and a reset takes it back.
 */
final class ModePages {
    private static final int ALL_PAGES = 0x3F;
    private static final int ALL_SUBPAGES = 0xFF;
    private static final int CURRENT = 0;
    private static final int CHANGEABLE = 1;
    private static final int SAVED = 3;

    /** DPOFUA: the unit knows DPO and FUA. */
    private static final int DEVICE_SPECIFIC = 0x10;

    private static final int WRITE_PROTECTED = 0x80;
    private static final int BLOCK_DESCRIPTOR = 8;

    /**
     * A page as it is by default.
     *
     * @param bytes with the header
     */
    private record Page(int code, int subpage, byte[] bytes) {
        static Page of(String bytes) {
            byte[] page = HexFormat.of().parseHex(bytes);
            return new Page(page[0] & PAGE_CODE, (page[0] & SUBPAGE_FORMAT) == 0 ? 0 : page[1], page);
        }

        int header() {
            return subpage == 0 ? 2 : 4;
        }
    }

    private static final int PAGE_CODE = 0x3F;
    private static final int SUBPAGE_FORMAT = 0x40;
    private static final int SAVEABLE = 0x80;

    private static final int CONTROL = 0x0A;
    /** Where SWP is in the control page. */
    private static final int SWP_BYTE = 4;

    private static final int SWP = 0x08;

    /** Recovery; caching with WCE; control with QAM 1 and TAS, and its extension; exceptions with DEXCPT. */
    private static final List<Page> PAGES = List.of(
            Page.of("010a80000000000000000000"),
            Page.of("0812040000000000000000000000000000000000"),
            Page.of("0a0a001000400000ffff0000"),
            Page.of("4a01001c" + "00".repeat(0x1C)),
            Page.of("1c0a08000000000000000000"));

    private ModePages() {}

    /** The answer to MODE SENSE. */
    static Plan sense(LogicalUnit unit, Cdb.ModeSense command) {
        if (command.control() == SAVED) {
            return new Plan.Refuse(Sense.SAVING_NOT_SUPPORTED);
        }
        List<Page> ofCode = PAGES.stream()
                .filter(page -> command.page() == ALL_PAGES || page.code() == command.page())
                .toList();
        if (ofCode.isEmpty()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        List<Page> pages = ofCode.stream()
                .filter(page -> command.subpage() == ALL_SUBPAGES || page.subpage() == command.subpage())
                .toList();
        if (pages.isEmpty() || command.page() == ALL_PAGES && command.subpage() % ALL_SUBPAGES != 0) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(3));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (!command.withoutBlocks()) {
            body.writeBytes(blockDescriptor(unit));
        }
        int descriptorLength = body.size();
        for (Page page : pages) {
            switch (command.control()) {
                case CURRENT -> body.writeBytes(current(unit, page));
                case CHANGEABLE -> body.writeBytes(mask(page));
                default -> body.writeBytes(page.bytes());
            }
        }
        int specific = DEVICE_SPECIFIC | (WriteProtection.faultOf(unit).isPresent() ? WRITE_PROTECTED : 0);
        ByteBuffer data = withHeader(command.size(), specific, descriptorLength, body.toByteArray());
        return new Plan.Send(data.limit(Math.min(data.limit(), command.allocation())));
    }

    /** The plan for MODE SELECT: all pages are looked at before anything is changed. */
    static Plan select(Nexus nexus, Nexuses nexuses, LogicalUnit unit, Cdb.ModeSelect command) {
        if (!command.pageFormat() || command.save()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        return new Plan.Run(command.length(), Plan.Pace.QUICK, list -> {
            Optional<Sense> fault = faultOf(unit, command.size(), list);
            if (fault.isPresent()) {
                return Ending.check(fault.get());
            }
            Optional<Boolean> protect = writeProtection(command.size(), list);
            if (protect.isPresent() && unit.condition().setWriteProtected(protect.get())) {
                nexuses.modeChanged(unit, nexus);
            }
            return Ending.GOOD;
        });
    }

    private static Optional<Sense> faultOf(LogicalUnit unit, CdbSize size, ByteBuffer list) {
        if (!list.hasRemaining()) {
            return Optional.empty();
        }
        int header = headerLength(size);
        if (list.remaining() < header) {
            return Optional.of(Sense.PARAMETER_LIST_LENGTH);
        }
        int descriptors = descriptorLength(size, list);
        if (header + descriptors > list.limit()) {
            return Optional.of(Sense.PARAMETER_LIST_LENGTH);
        }
        if (descriptors != 0 && !isPresentLayout(unit, list.slice(header, descriptors))) {
            return Optional.of(Sense.invalidFieldInParameters(header));
        }
        for (int at = header + descriptors; at < list.limit(); ) {
            int length = pageLength(list, at);
            if (at + length > list.limit()) {
                return Optional.of(Sense.PARAMETER_LIST_LENGTH);
            }
            Optional<Page> page = pageAt(list, at);
            if (page.isEmpty()) {
                return Optional.of(Sense.invalidFieldInParameters(at));
            }
            if (page.get().bytes().length != length) {
                return Optional.of(
                        Sense.invalidFieldInParameters(at + page.get().header() - 1));
            }
            int wrong = firstUnchangeable(page.get(), list.slice(at, length));
            if (wrong >= 0) {
                return Optional.of(Sense.invalidFieldInParameters(at + wrong));
            }
            at += length;
        }
        return Optional.empty();
    }

    /** What a valid list wants SWP to be, if it says anything about it. */
    private static Optional<Boolean> writeProtection(CdbSize size, ByteBuffer list) {
        Optional<Boolean> wanted = Optional.empty();
        if (list.hasRemaining()) {
            int at = headerLength(size) + descriptorLength(size, list);
            for (; at < list.limit(); at += pageLength(list, at)) {
                if ((list.get(at) & (PAGE_CODE | SUBPAGE_FORMAT)) == CONTROL) {
                    wanted = Optional.of((list.get(at + SWP_BYTE) & SWP) != 0);
                }
            }
        }
        return wanted;
    }

    private static int headerLength(CdbSize size) {
        return size == CdbSize.SIX ? 4 : 8;
    }

    private static int descriptorLength(CdbSize size, ByteBuffer list) {
        return size == CdbSize.SIX ? list.get(3) & 0xFF : list.getShort(6) & 0xFFFF;
    }

    /** As its header tells; the length of a header if that is cut off. */
    private static int pageLength(ByteBuffer list, int at) {
        boolean subpage = (list.get(at) & SUBPAGE_FORMAT) != 0;
        int header = subpage ? 4 : 2;
        if (at + header > list.limit()) {
            return header;
        }
        return header + (subpage ? list.getShort(at + 2) & 0xFFFF : list.get(at + 1) & 0xFF);
    }

    private static Optional<Page> pageAt(ByteBuffer list, int at) {
        int subpage = (list.get(at) & SUBPAGE_FORMAT) != 0 ? list.get(at + 1) & 0xFF : 0;
        return PAGES.stream()
                .filter(page -> page.code() == (list.get(at) & PAGE_CODE) && page.subpage() == subpage)
                .findFirst();
    }

    /** Index of the first byte that differs where nothing can be changed, or -1. PS is reserved here. */
    private static int firstUnchangeable(Page page, ByteBuffer given) {
        byte[] mask = mask(page);
        for (int i = 0; i < given.capacity(); i++) {
            int free = i == 0 ? SAVEABLE : i < page.header() ? 0 : mask[i];
            if (((given.get(i) ^ page.bytes()[i]) & ~free & 0xFF) != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a block descriptor leaves everything as it is: no number of blocks, or the present one. */
    private static boolean isPresentLayout(LogicalUnit unit, ByteBuffer descriptor) {
        if (descriptor.remaining() != BLOCK_DESCRIPTOR) {
            return false;
        }
        ByteBuffer present = ByteBuffer.wrap(blockDescriptor(unit));
        int blocks = descriptor.getInt(0);
        return (blocks == 0 || blocks == present.getInt(0))
                && (descriptor.getInt(4) & 0xFF_FFFF) == LogicalUnit.BLOCK_BYTES;
    }

    private static byte[] current(LogicalUnit unit, Page page) {
        byte[] bytes = page.bytes();
        if (page.code() == CONTROL
                && page.subpage() == 0
                && unit.condition().state().writeProtected()) {
            bytes = Arrays.copyOf(bytes, bytes.length);
            bytes[SWP_BYTE] |= SWP;
        }
        return bytes;
    }

    /** The header, and ones where something can be changed. */
    private static byte[] mask(Page page) {
        byte[] mask = new byte[page.bytes().length];
        System.arraycopy(page.bytes(), 0, mask, 0, page.header());
        if (page.code() == CONTROL && page.subpage() == 0) {
            mask[SWP_BYTE] = SWP;
        }
        return mask;
    }

    private static byte[] blockDescriptor(LogicalUnit unit) {
        long blocks = unit.sizeBytes() / LogicalUnit.BLOCK_BYTES;
        return ByteBuffer.allocate(BLOCK_DESCRIPTOR)
                .putInt(0, blocks >>> 32 == 0 ? (int) blocks : 0xFFFF_FFFF)
                .putInt(4, LogicalUnit.BLOCK_BYTES)
                .array();
    }

    private static ByteBuffer withHeader(CdbSize size, int specific, int descriptorLength, byte[] body) {
        if (size == CdbSize.SIX) {
            ByteBuffer data = ByteBuffer.allocate(4 + body.length);
            data.put((byte) (3 + body.length)).put((byte) 0).put((byte) specific);
            return data.put((byte) descriptorLength).put(body).flip();
        }
        ByteBuffer data = ByteBuffer.allocate(8 + body.length);
        data.putShort((short) (6 + body.length)).put((byte) 0).put((byte) specific);
        return data.putShort((short) 0)
                .putShort((short) descriptorLength)
                .put(body)
                .flip();
    }
}
