package io.stowage.iscsi.scsi;

import static io.stowage.iscsi.scsi.CdbBits.has;

import java.nio.ByteBuffer;

/** From 16 bytes to a {@link Cdb}. */
final class CdbParser {
    private CdbParser() {}

    static Cdb parse(ByteBuffer cdb) {
        int opcode = cdb.get(0) & 0xFF;
        return switch (opcode) {
            case OperationCode.TEST_UNIT_READY -> new Cdb.TestUnitReady();
            case OperationCode.REQUEST_SENSE -> new Cdb.RequestSense(has(cdb, 1, 0x01), cdb.get(4) & 0xFF);
            case OperationCode.INQUIRY ->
                new Cdb.Inquiry(has(cdb, 1, 0x01), cdb.get(2) & 0xFF, cdb.getShort(3) & 0xFFFF);
            case OperationCode.READ_CAPACITY_10 -> new Cdb.ReadCapacity10();
            case OperationCode.REPORT_LUNS -> new Cdb.ReportLuns(cdb.get(2) & 0xFF, length(cdb, 6));
            case OperationCode.START_STOP_UNIT ->
                new Cdb.StartStopUnit(
                        has(cdb, 1, 0x01),
                        cdb.get(4) >> 4 & 0x0F,
                        has(cdb, 4, 0x04),
                        has(cdb, 4, 0x02),
                        has(cdb, 4, 0x01));
            case OperationCode.PREVENT_ALLOW -> new Cdb.PreventAllow(cdb.get(4) & 0x03);
            case OperationCode.RESERVE_6 -> new Cdb.Reserve(cdb.get(1) & 0xFF);
            case OperationCode.RELEASE_6 -> new Cdb.Release(cdb.get(1) & 0xFF);
            case OperationCode.PERSISTENT_RESERVE_IN ->
                new Cdb.PersistentReserveIn(cdb.get(1) & 0x1F, cdb.getShort(7) & 0xFFFF);
            case OperationCode.PERSISTENT_RESERVE_OUT ->
                new Cdb.PersistentReserveOut(
                        cdb.get(1) & 0x1F, cdb.get(2) >> 4 & 0x0F, cdb.get(2) & 0x0F, length(cdb, 5));
            case OperationCode.ORWRITE_16 ->
                new Cdb.OrWrite(
                        CdbSize.SIXTEEN.lba(cdb),
                        CdbSize.SIXTEEN.blocks(cdb),
                        protect(cdb),
                        has(cdb, 1, CdbBits.PAGE_OUT),
                        has(cdb, 1, CdbBits.THROUGH_CACHE));
            case OperationCode.SANITIZE ->
                new Cdb.Sanitize(
                        cdb.get(1) & 0x1F,
                        has(cdb, 1, 0x80),
                        has(cdb, 1, 0x20),
                        has(cdb, 1, 0x40) || cdb.getInt(2) != 0 || cdb.get(6) != 0,
                        cdb.getShort(7) & 0xFFFF);
            case OperationCode.LOG_SENSE ->
                new Cdb.LogSense(
                        has(cdb, 1, 0x01),
                        cdb.get(2) >> 6 & 0x03,
                        cdb.get(2) & 0x3F,
                        cdb.get(3) & 0xFF,
                        cdb.getShort(5) & 0xFFFF,
                        cdb.getShort(7) & 0xFFFF);
            case OperationCode.EXTENDED_COPY ->
                (cdb.get(1) & 0x1F) == OperationCode.LID1 ? new Cdb.ExtendedCopy(length(cdb, 10)) : unsupported(cdb);
            case OperationCode.RECEIVE_COPY_RESULTS ->
                new Cdb.ReceiveCopyResults(cdb.get(1) & 0x1F, cdb.get(2) & 0xFF, length(cdb, 10));
            case OperationCode.UNMAP -> new Cdb.Unmap(has(cdb, 1, 0x01), cdb.getShort(7) & 0xFFFF);
            case OperationCode.COMPARE_AND_WRITE ->
                new Cdb.CompareAndWrite(
                        cdb.getLong(2),
                        cdb.get(13) & 0xFF,
                        protect(cdb),
                        has(cdb, 1, CdbBits.PAGE_OUT),
                        has(cdb, 1, CdbBits.THROUGH_CACHE));
            case OperationCode.MODE_SENSE_6 -> modeSense(CdbSize.SIX, cdb);
            case OperationCode.MODE_SENSE_10 -> modeSense(CdbSize.TEN, cdb);
            case OperationCode.MODE_SELECT_6 -> modeSelect(CdbSize.SIX, cdb);
            case OperationCode.MODE_SELECT_10 -> modeSelect(CdbSize.TEN, cdb);
            case OperationCode.READ_6 -> new Cdb.Read(CdbSize.SIX, lba6(cdb), blocks6(cdb), 0, false, false);
            case OperationCode.READ_10 -> read(CdbSize.TEN, cdb);
            case OperationCode.READ_12 -> read(CdbSize.TWELVE, cdb);
            case OperationCode.READ_16 -> read(CdbSize.SIXTEEN, cdb);
            case OperationCode.WRITE_6 -> new Cdb.Write(CdbSize.SIX, lba6(cdb), blocks6(cdb), 0, false, false);
            case OperationCode.WRITE_10 -> write(CdbSize.TEN, cdb);
            case OperationCode.WRITE_12 -> write(CdbSize.TWELVE, cdb);
            case OperationCode.WRITE_16 -> write(CdbSize.SIXTEEN, cdb);
            case OperationCode.WRITE_VERIFY_10 -> writeVerify(CdbSize.TEN, cdb);
            case OperationCode.WRITE_VERIFY_12 -> writeVerify(CdbSize.TWELVE, cdb);
            case OperationCode.WRITE_VERIFY_16 -> writeVerify(CdbSize.SIXTEEN, cdb);
            case OperationCode.VERIFY_10 -> verify(CdbSize.TEN, cdb);
            case OperationCode.VERIFY_12 -> verify(CdbSize.TWELVE, cdb);
            case OperationCode.VERIFY_16 -> verify(CdbSize.SIXTEEN, cdb);
            case OperationCode.WRITE_SAME_10 -> writeSame(CdbSize.TEN, cdb);
            case OperationCode.WRITE_SAME_16 -> writeSame(CdbSize.SIXTEEN, cdb);
            case OperationCode.SYNCHRONIZE_CACHE_10 -> synchronizeCache(CdbSize.TEN, cdb);
            case OperationCode.SYNCHRONIZE_CACHE_16 -> synchronizeCache(CdbSize.SIXTEEN, cdb);
            case OperationCode.PRE_FETCH_10 -> prefetch(CdbSize.TEN, cdb);
            case OperationCode.PRE_FETCH_16 -> prefetch(CdbSize.SIXTEEN, cdb);
            case OperationCode.SERVICE_ACTION_IN_16 -> serviceActionIn(cdb);
            case OperationCode.MAINTENANCE_IN -> maintenanceIn(cdb);
            default -> unsupported(cdb);
        };
    }

    private static Cdb serviceActionIn(ByteBuffer cdb) {
        return switch (cdb.get(1) & 0x1F) {
            case OperationCode.READ_CAPACITY_16 -> new Cdb.ReadCapacity16(length(cdb, 10));
            case OperationCode.GET_LBA_STATUS -> new Cdb.GetLbaStatus(cdb.getLong(2), length(cdb, 10));
            default -> unsupported(cdb);
        };
    }

    private static Cdb maintenanceIn(ByteBuffer cdb) {
        return switch (cdb.get(1) & 0x1F) {
            case OperationCode.REPORT_TARGET_PORT_GROUPS ->
                new Cdb.ReportTargetPortGroups(cdb.get(1) >> 5 & 0x07, length(cdb, 6));
            case OperationCode.REPORT_SUPPORTED_OPERATION_CODES ->
                new Cdb.ReportSupportedOpcodes(
                        has(cdb, 2, 0x80),
                        cdb.get(2) & 0x07,
                        cdb.get(3) & 0xFF,
                        cdb.getShort(4) & 0xFFFF,
                        length(cdb, 6));
            default -> unsupported(cdb);
        };
    }

    private static Cdb.ModeSense modeSense(CdbSize size, ByteBuffer cdb) {
        return new Cdb.ModeSense(
                size,
                has(cdb, 1, 0x08),
                cdb.get(2) >> 6 & 0x03,
                cdb.get(2) & 0x3F,
                cdb.get(3) & 0xFF,
                CdbBits.shortLength(cdb, size));
    }

    private static Cdb.ModeSelect modeSelect(CdbSize size, ByteBuffer cdb) {
        return new Cdb.ModeSelect(size, has(cdb, 1, 0x10), has(cdb, 1, 0x01), CdbBits.shortLength(cdb, size));
    }

    private static Cdb.Read read(CdbSize size, ByteBuffer cdb) {
        return new Cdb.Read(
                size,
                size.lba(cdb),
                size.blocks(cdb),
                protect(cdb),
                has(cdb, 1, CdbBits.PAGE_OUT),
                has(cdb, 1, CdbBits.THROUGH_CACHE));
    }

    private static Cdb.Write write(CdbSize size, ByteBuffer cdb) {
        return new Cdb.Write(
                size,
                size.lba(cdb),
                size.blocks(cdb),
                protect(cdb),
                has(cdb, 1, CdbBits.PAGE_OUT),
                has(cdb, 1, CdbBits.THROUGH_CACHE));
    }

    private static Cdb.WriteVerify writeVerify(CdbSize size, ByteBuffer cdb) {
        return new Cdb.WriteVerify(
                size, size.lba(cdb), size.blocks(cdb), protect(cdb), has(cdb, 1, CdbBits.PAGE_OUT), byteCheck(cdb));
    }

    private static Cdb.Verify verify(CdbSize size, ByteBuffer cdb) {
        return new Cdb.Verify(
                size, size.lba(cdb), size.blocks(cdb), protect(cdb), has(cdb, 1, CdbBits.PAGE_OUT), byteCheck(cdb));
    }

    private static Cdb.WriteSame writeSame(CdbSize size, ByteBuffer cdb) {
        return new Cdb.WriteSame(
                size,
                size.lba(cdb),
                size.blocks(cdb),
                protect(cdb),
                has(cdb, 1, 0x10),
                has(cdb, 1, 0x08),
                size == CdbSize.SIXTEEN && has(cdb, 1, 0x01));
    }

    private static Cdb.SynchronizeCache synchronizeCache(CdbSize size, ByteBuffer cdb) {
        return new Cdb.SynchronizeCache(size, size.lba(cdb), size.blocks(cdb), has(cdb, 1, 0x02));
    }

    private static Cdb.Prefetch prefetch(CdbSize size, ByteBuffer cdb) {
        return new Cdb.Prefetch(size, size.lba(cdb), size.blocks(cdb), has(cdb, 1, 0x02));
    }

    private static Cdb.Unsupported unsupported(ByteBuffer cdb) {
        ByteBuffer copy = ByteBuffer.allocate(Cdb.LENGTH).put(0, cdb, 0, Cdb.LENGTH);
        return new Cdb.Unsupported(cdb.get(0) & 0xFF, copy);
    }

    private static long lba6(ByteBuffer cdb) {
        return CdbSize.SIX.lba(cdb);
    }

    private static long blocks6(ByteBuffer cdb) {
        return CdbSize.SIX.blocks(cdb);
    }

    private static int protect(ByteBuffer cdb) {
        return cdb.get(1) >> 5 & 0x07;
    }

    private static int byteCheck(ByteBuffer cdb) {
        return cdb.get(1) >> 1 & 0x03;
    }

    private static long length(ByteBuffer cdb, int offset) {
        return cdb.getInt(offset) & 0xFFFF_FFFFL;
    }
}
