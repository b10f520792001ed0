package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * SANITIZE: everything that was stored is given up, which on a thin unit is one step, and OVERWRITE then fills the unit
 * with its pattern. SBC-3, sections 4.11 and 5.24. It ends with the command even when IMMED allows to return before; no
 * reset ends it.
 */
final class SanitizeCommand {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;
    private static final int OVERWRITE_HEADER = 4;
    private static final int INVERT = 0x80;
    private static final int TEST = 0x60;
    private static final int COUNT = 0x1F;

    /** What is written once and then shared, a multiple of what can be shared. */
    private static final int FILLED = 8 << 20;

    private SanitizeCommand() {}

    static Plan plan(LogicalUnit unit, Cdb.Sanitize command) {
        if (command.reserved()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        boolean overwrites = command.action() == Cdb.Sanitize.OVERWRITE;
        boolean erases =
                command.action() == Cdb.Sanitize.BLOCK_ERASE || command.action() == Cdb.Sanitize.CRYPTOGRAPHIC_ERASE;
        if (!overwrites && !erases && command.action() != Cdb.Sanitize.EXIT_FAILURE_MODE) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        boolean fits = overwrites
                ? command.length() > OVERWRITE_HEADER && command.length() <= OVERWRITE_HEADER + BLOCK
                : command.length() == 0;
        if (!fits) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(7));
        }
        if (!overwrites && !erases) {
            return Plan.GOOD; // there is no failure to leave
        }
        Optional<Sense> fault = WriteProtection.faultOf(unit);
        if (fault.isPresent()) {
            return new Plan.Refuse(fault.get());
        }
        return new Plan.Run(
                command.length(), Plan.Pace.SLOW, list -> overwrites ? overwrite(unit, list) : wipe(unit, new byte[1]));
    }

    private static Ending overwrite(LogicalUnit unit, ByteBuffer list) throws IOException {
        int flags = list.get(0);
        int length = list.getShort(2) & 0xFFFF;
        if ((flags & TEST) != 0 || (flags & COUNT) == 0) {
            return Ending.check(Sense.invalidFieldInParameters(0));
        }
        if (length == 0 || length != list.remaining() - OVERWRITE_HEADER) {
            return Ending.check(Sense.invalidFieldInParameters(2));
        }
        byte[] pattern = new byte[length];
        list.get(OVERWRITE_HEADER, pattern);
        // Only the last pass can be seen: the others would be written over.
        boolean inverted = (flags & INVERT) != 0 && (flags & COUNT) % 2 == 0;
        for (int i = 0; inverted && i < length; i++) {
            pattern[i] = (byte) ~pattern[i];
        }
        return wipe(unit, pattern);
    }

    private static Ending wipe(LogicalUnit unit, byte[] pattern) throws IOException {
        if (!unit.condition().setSanitizing(true)) {
            return Ending.check(Sense.SANITIZE_IN_PROGRESS);
        }
        try {
            // Alone only for this step: what was under way before ends before it, and others share the lock.
            long size = unit.exclusion().alone(() -> {
                unit.discard(0, unit.sizeBytes());
                return unit.sizeBytes();
            });
            if (!isZero(pattern)) {
                fill(unit, size, pattern);
            }
            unit.flush();
            return Ending.GOOD;
        } finally {
            unit.condition().setSanitizing(false);
        }
    }

    /** The pattern begins anew in each block. */
    private static void fill(LogicalUnit unit, long size, byte[] pattern) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = pattern[i % pattern.length];
        }
        ByteBuffer first = ByteBuffer.allocate((int) Math.min(FILLED, size));
        while (first.hasRemaining()) {
            first.put(block);
        }
        first.flip();
        unit.exclusion().shared(() -> unit.write(0, first));
        for (long at = FILLED; at < size; at += FILLED) {
            long start = at;
            unit.exclusion().shared(() -> unit.copyFrom(unit, 0, start, Math.min(FILLED, size - start)));
        }
    }

    private static boolean isZero(byte[] pattern) {
        for (byte each : pattern) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
