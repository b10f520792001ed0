package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * A command descriptor block. Addresses are unsigned 64-bit block numbers, lengths count blocks, allocation lengths
 * bytes. {@code protect} is the RDPROTECT, WRPROTECT or VRPROTECT field, 0 to 7.
 */
public sealed interface Cdb {

    /** Bytes of the form used here; shorter commands are padded with zeros. */
    int LENGTH = 16;

    /** Writes all 16 bytes at the absolute positions 0 to 15, whatever they held before. */
    void write(ByteBuffer out);

    /** The 16 bytes in a buffer of their own, position 0. */
    default ByteBuffer encode() {
        ByteBuffer cdb = ByteBuffer.allocate(LENGTH);
        write(cdb);
        return cdb;
    }

    /** Reads 16 bytes at the absolute positions 0 to 15. Never fails: see {@link Unsupported}. */
    static Cdb parse(ByteBuffer cdb) {
        return CdbParser.parse(cdb);
    }

    /** A command on a range of blocks. */
    sealed interface Ranged extends Cdb {
        long lba();

        long blocks();
    }

    /** A command whose protection field must be 0 here, as no protection information is kept. */
    sealed interface Protected extends Ranged {
        int protect();
    }

    record TestUnitReady() implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.TEST_UNIT_READY);
        }
    }

    /** @param descriptor whether descriptor format sense is wanted */
    record RequestSense(boolean descriptor, int allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.REQUEST_SENSE)
                    .put(1, CdbBits.of(descriptor, 0x01))
                    .put(4, (byte) allocation);
        }
    }

    /** @param vital whether the vital product data page {@code page} is wanted (EVPD) */
    record Inquiry(boolean vital, int page, int allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.INQUIRY)
                    .put(1, CdbBits.of(vital, 0x01))
                    .put(2, (byte) page)
                    .putShort(3, (short) allocation);
        }
    }

    record ReadCapacity10() implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.READ_CAPACITY_10);
        }
    }

    record ReadCapacity16(long allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.SERVICE_ACTION_IN_16)
                    .put(1, (byte) OperationCode.READ_CAPACITY_16)
                    .putInt(10, (int) allocation);
        }
    }

    /** Which blocks are mapped, from this address on. */
    record GetLbaStatus(long lba, long allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.SERVICE_ACTION_IN_16)
                    .put(1, (byte) OperationCode.GET_LBA_STATUS)
                    .putLong(2, lba)
                    .putInt(10, (int) allocation);
        }
    }

    /** @param select 0 and 2: logical units; 1: well known logical units */
    record ReportLuns(int select, long allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.REPORT_LUNS).put(2, (byte) select).putInt(6, (int) allocation);
        }
    }

    /**
     * MODE SENSE of 6 or 10 bytes.
     *
     * @param withoutBlocks DBD: no block descriptor
     * @param control PC: 0 current, 1 changeable, 2 default, 3 saved
     */
    record ModeSense(CdbSize size, boolean withoutBlocks, int control, int page, int subpage, int allocation)
            implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, size == CdbSize.SIX ? OperationCode.MODE_SENSE_6 : OperationCode.MODE_SENSE_10)
                    .put(1, CdbBits.of(withoutBlocks, 0x08))
                    .put(2, (byte) (control << 6 | page))
                    .put(3, (byte) subpage);
            CdbBits.putShortLength(out, size, allocation);
        }
    }

    /** MODE SELECT of 6 or 10 bytes; {@code length} is that of the parameter list. */
    record ModeSelect(CdbSize size, boolean pageFormat, boolean save, int length) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, size == CdbSize.SIX ? OperationCode.MODE_SELECT_6 : OperationCode.MODE_SELECT_10)
                    .put(1, (byte) (CdbBits.of(pageFormat, 0x10) | CdbBits.of(save, 0x01)));
            CdbBits.putShortLength(out, size, length);
        }
    }

    /** @param powerCondition 0: {@code start} says what to do */
    record StartStopUnit(boolean immediate, int powerCondition, boolean noFlush, boolean loadEject, boolean start)
            implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.START_STOP_UNIT)
                    .put(1, CdbBits.of(immediate, 0x01))
                    .put(4, (byte) (powerCondition << 4
                            | CdbBits.of(noFlush, 0x04)
                            | CdbBits.of(loadEject, 0x02)
                            | CdbBits.of(start, 0x01)));
        }
    }

    /** @param prevent 0 allow, 1 to 3 prevent removal */
    record PreventAllow(int prevent) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.PREVENT_ALLOW).put(4, (byte) prevent);
        }
    }

    /** @param format 0 length only header, 1 extended header */
    record ReportTargetPortGroups(int format, long allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.MAINTENANCE_IN)
                    .put(1, (byte) (format << 5 | OperationCode.REPORT_TARGET_PORT_GROUPS))
                    .putInt(6, (int) allocation);
        }
    }

    /**
     * REPORT SUPPORTED OPERATION CODES.
     *
     * @param timeouts RCTD: with command timeouts descriptors
     * @param options 0 all; 1 an opcode without service actions; 2 one with; 3 either
     */
    record ReportSupportedOpcodes(boolean timeouts, int options, int opcode, int serviceAction, long allocation)
            implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.MAINTENANCE_IN)
                    .put(1, (byte) OperationCode.REPORT_SUPPORTED_OPERATION_CODES)
                    .put(2, (byte) (CdbBits.of(timeouts, 0x80) | options))
                    .put(3, (byte) opcode)
                    .putShort(4, (short) serviceAction)
                    .putInt(6, (int) allocation);
        }
    }

    record Read(CdbSize size, long lba, long blocks, int protect, boolean pageOut, boolean throughCache)
            implements Protected {
        /** READ(16) with default caching. */
        public Read(long lba, long blocks) {
            this(CdbSize.SIXTEEN, lba, blocks, 0, false, false);
        }

        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(
                    out,
                    size.choose(
                            OperationCode.READ_6, OperationCode.READ_10, OperationCode.READ_12, OperationCode.READ_16));
            CdbBits.putTransfer(out, size, lba, blocks, protect, pageOut, throughCache);
        }
    }

    /** @param throughCache FUA: durable before the command ends */
    record Write(CdbSize size, long lba, long blocks, int protect, boolean pageOut, boolean throughCache)
            implements Protected {
        /** WRITE(16). */
        public Write(long lba, long blocks, boolean throughCache) {
            this(CdbSize.SIXTEEN, lba, blocks, 0, false, throughCache);
        }

        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(
                    out,
                    size.choose(
                            OperationCode.WRITE_6,
                            OperationCode.WRITE_10,
                            OperationCode.WRITE_12,
                            OperationCode.WRITE_16));
            CdbBits.putTransfer(out, size, lba, blocks, protect, pageOut, throughCache);
        }
    }

    /** WRITE AND VERIFY. {@code byteCheck} as in {@link Verify}. */
    record WriteVerify(CdbSize size, long lba, long blocks, int protect, boolean pageOut, int byteCheck)
            implements Protected {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(
                    out,
                    size.choose(
                            0,
                            OperationCode.WRITE_VERIFY_10,
                            OperationCode.WRITE_VERIFY_12,
                            OperationCode.WRITE_VERIFY_16));
            CdbBits.putTransfer(out, size, lba, blocks, protect, pageOut, false);
            out.put(1, (byte) (out.get(1) | byteCheck << 1));
        }
    }

    /** @param byteCheck BYTCHK: 0 no data, 1 compare with all data, 3 compare each block with the one sent */
    record Verify(CdbSize size, long lba, long blocks, int protect, boolean pageOut, int byteCheck)
            implements Protected {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(
                    out, size.choose(0, OperationCode.VERIFY_10, OperationCode.VERIFY_12, OperationCode.VERIFY_16));
            CdbBits.putTransfer(out, size, lba, blocks, protect, pageOut, false);
            out.put(1, (byte) (out.get(1) | byteCheck << 1));
        }
    }

    /** COMPARE AND WRITE; the data is {@code blocks} to compare, then {@code blocks} to write. At most 255 blocks. */
    record CompareAndWrite(long lba, long blocks, int protect, boolean pageOut, boolean throughCache)
            implements Protected {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.COMPARE_AND_WRITE);
            CdbBits.putTransfer(out, CdbSize.SIXTEEN, lba, 0, protect, pageOut, throughCache);
            out.put(13, (byte) blocks);
        }
    }

    /** ORWRITE(16): bits that are set in the data are set, others stay. */
    record OrWrite(long lba, long blocks, int protect, boolean pageOut, boolean throughCache) implements Protected {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.ORWRITE_16);
            CdbBits.putTransfer(out, CdbSize.SIXTEEN, lba, blocks, protect, pageOut, throughCache);
        }
    }

    /**
     * WRITE SAME of 10 or 16 bytes.
     *
     * @param anchor anchor the blocks, which needs {@code unmap}
     * @param unmap give up the blocks if the data allows it
     * @param noData NDOB: zeros, without a data-out buffer; only with 16 bytes
     */
    record WriteSame(CdbSize size, long lba, long blocks, int protect, boolean anchor, boolean unmap, boolean noData)
            implements Protected {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, size == CdbSize.TEN ? OperationCode.WRITE_SAME_10 : OperationCode.WRITE_SAME_16);
            size.put(out, lba, blocks);
            out.put(1, (byte)
                    (protect << 5 | CdbBits.of(anchor, 0x10) | CdbBits.of(unmap, 0x08) | CdbBits.of(noData, 0x01)));
        }
    }

    /** UNMAP; the ranges are in the data, see {@link UnmapList}. */
    record Unmap(boolean anchor, int length) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.UNMAP)
                    .put(1, CdbBits.of(anchor, 0x01))
                    .putShort(7, (short) length);
        }
    }

    /** SYNCHRONIZE CACHE of 10 or 16 bytes; 0 blocks means to the end. */
    record SynchronizeCache(CdbSize size, long lba, long blocks, boolean immediate) implements Ranged {
        /** The whole unit, done when the command ends. */
        public static SynchronizeCache everything() {
            return new SynchronizeCache(CdbSize.TEN, 0, 0, false);
        }

        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(
                            out,
                            size == CdbSize.TEN
                                    ? OperationCode.SYNCHRONIZE_CACHE_10
                                    : OperationCode.SYNCHRONIZE_CACHE_16)
                    .put(1, CdbBits.of(immediate, 0x02));
            size.put(out, lba, blocks);
        }
    }

    /** PRE-FETCH of 10 or 16 bytes. */
    record Prefetch(CdbSize size, long lba, long blocks, boolean immediate) implements Ranged {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, size == CdbSize.TEN ? OperationCode.PRE_FETCH_10 : OperationCode.PRE_FETCH_16)
                    .put(1, CdbBits.of(immediate, 0x02));
            size.put(out, lba, blocks);
        }
    }

    /**
     * RESERVE(6).
     *
     * @param options of byte 1, all obsolete: third parties and extents
     */
    record Reserve(int options) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.RESERVE_6).put(1, (byte) options);
        }
    }

    /** RELEASE(6); {@code options} as in {@link Reserve}. */
    record Release(int options) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.RELEASE_6).put(1, (byte) options);
        }
    }

    /** PERSISTENT RESERVE IN; {@code action} as in {@link PersistentReserve}, 0 to 31. */
    record PersistentReserveIn(int action, int allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.PERSISTENT_RESERVE_IN)
                    .put(1, (byte) action)
                    .putShort(7, (short) allocation);
        }
    }

    /**
     * PERSISTENT RESERVE OUT; {@code action} as in {@link PersistentReserve}, 0 to 31.
     *
     * @param scope 0: the unit
     * @param type 0 to 15
     * @param length of the parameter list, which is a {@link PersistentReserve}
     */
    record PersistentReserveOut(int action, int scope, int type, long length) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.PERSISTENT_RESERVE_OUT)
                    .put(1, (byte) action)
                    .put(2, (byte) (scope << 4 | type))
                    .putInt(5, (int) length);
        }
    }

    /**
     * SANITIZE.
     *
     * @param action 1 {@link #OVERWRITE}, 2 {@link #BLOCK_ERASE}, 3 {@link #CRYPTOGRAPHIC_ERASE}, 31
     *     {@link #EXIT_FAILURE_MODE}
     * @param unrestricted AUSE: {@link #EXIT_FAILURE_MODE} may end a failure
     * @param reserved whether any bit is set that has no meaning for a disk without zones
     * @param length of the parameter list
     */
    record Sanitize(int action, boolean immediate, boolean unrestricted, boolean reserved, int length) implements Cdb {
        public static final int OVERWRITE = 0x01;
        public static final int BLOCK_ERASE = 0x02;
        public static final int CRYPTOGRAPHIC_ERASE = 0x03;
        public static final int EXIT_FAILURE_MODE = 0x1F;

        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.SANITIZE)
                    .put(1, (byte) (CdbBits.of(immediate, 0x80) | CdbBits.of(unrestricted, 0x20) | action))
                    .put(2, CdbBits.of(reserved, 0x01))
                    .putShort(7, (short) length);
        }
    }

    /**
     * LOG SENSE.
     *
     * @param save SP: what was counted is to be saved
     * @param control PC: 0 threshold, 1 cumulative, 2 and 3 their defaults
     * @param pointer code of the first parameter
     */
    record LogSense(boolean save, int control, int page, int subpage, int pointer, int allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.LOG_SENSE)
                    .put(1, CdbBits.of(save, 0x01))
                    .put(2, (byte) (control << 6 | page))
                    .put(3, (byte) subpage)
                    .putShort(5, (short) pointer)
                    .putShort(7, (short) allocation);
        }
    }

    /** EXTENDED COPY(LID1); the parameter list is a {@link CopyList} of this length. */
    record ExtendedCopy(long length) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.EXTENDED_COPY)
                    .put(1, (byte) OperationCode.LID1)
                    .putInt(10, (int) length);
        }
    }

    /** RECEIVE COPY RESULTS; {@code action} as in {@link CopyResult}, 0 to 31. */
    record ReceiveCopyResults(int action, int listId, long allocation) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            CdbBits.start(out, OperationCode.RECEIVE_COPY_RESULTS)
                    .put(1, (byte) action)
                    .put(2, (byte) listId)
                    .putInt(10, (int) allocation);
        }
    }

    /** A command that isn't known here. {@code bytes} are all 16. */
    record Unsupported(int opcode, ByteBuffer bytes) implements Cdb {
        @Override
        public void write(ByteBuffer out) {
            out.put(0, bytes, 0, LENGTH);
        }
    }
}
