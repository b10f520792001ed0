package io.stowage.array.scsi;

import io.stowage.array.core.Comparison;
import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.UnmapList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commands that read, write, compare or give up blocks. SBC-3, section 5. */
final class BlockCommands {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;
    private static final int UNMAP_HEADER = 8;
    private static final int UNMAP_DESCRIPTOR = 16;

    private static final int NO_DATA = 0;
    private static final int COMPARE_ALL = 1;
    private static final int COMPARE_ONE_BLOCK = 3;

    private BlockCommands() {}

    /** The plan for a command on a range of blocks. */
    static Plan plan(LogicalUnit unit, Cdb.Ranged command) {
        Optional<Sense> fault = faultOf(unit, command);
        if (fault.isPresent()) {
            return new Plan.Refuse(fault.get());
        }
        long offset = command.lba() * BLOCK;
        long length = command.blocks() * BLOCK;
        return switch (command) {
            case Cdb.Read read -> new Plan.Read(unit, offset, length);
            case Cdb.Write write -> write(unit, offset, length, write.throughCache());
            case Cdb.WriteVerify write -> write(unit, offset, length, true);
            case Cdb.Verify verify -> verify(unit, offset, length, verify.byteCheck());
            case Cdb.OrWrite or -> orWrite(unit, offset, (int) length, or.throughCache());
            case Cdb.CompareAndWrite compare -> compareAndWrite(unit, offset, (int) length, compare.throughCache());
            case Cdb.WriteSame same -> writeSame(unit, offset, length, same);
            case Cdb.SynchronizeCache synchronize -> flush(unit);
            // Everything there is to read ahead for is the page cache's business. GOOD and not CONDITION MET, which
            // libiscsi takes for a failure.
            case Cdb.Prefetch prefetch -> Plan.GOOD;
        };
    }

    /** The plan for UNMAP: all ranges are looked at before the first is given up. */
    static Plan unmap(LogicalUnit unit, Cdb.Unmap command) {
        if (command.anchor()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        Optional<Sense> protection = WriteProtection.faultOf(unit);
        if (protection.isPresent()) {
            return new Plan.Refuse(protection.get());
        }
        if (command.length() == 0) {
            return Plan.GOOD;
        }
        if (command.length() < UNMAP_HEADER) {
            return new Plan.Refuse(Sense.PARAMETER_LIST_LENGTH);
        }
        if (command.length() > UNMAP_HEADER + UNMAP_DESCRIPTOR * DeviceLimits.MAX_UNMAP_DESCRIPTORS) {
            return new Plan.Refuse(Sense.PARAMETER_LIST_LENGTH);
        }
        return new Plan.Run(command.length(), Plan.Pace.SLOW, data -> {
            List<UnmapList.Range> ranges = UnmapList.parse(data).ranges();
            for (UnmapList.Range range : ranges) {
                if (range.blocks() > 0 && isOutOfRange(unit, range.lba(), range.blocks())) {
                    return Ending.check(Sense.LBA_OUT_OF_RANGE);
                }
            }
            for (UnmapList.Range range : ranges) {
                if (range.blocks() > 0) {
                    unit.exclusion().shared(() -> unit.discard(range.lba() * BLOCK, range.blocks() * BLOCK));
                }
            }
            return Ending.GOOD;
        });
    }

    private static Optional<Sense> faultOf(LogicalUnit unit, Cdb.Ranged command) {
        if (command instanceof Cdb.Protected guarded && guarded.protect() != 0) {
            return Optional.of(Sense.invalidFieldInCdb(1));
        }
        if (!unit.condition().isNormal() && isWrite(command)) {
            Optional<Sense> protection = WriteProtection.faultOf(unit);
            if (protection.isPresent()) {
                return protection;
            }
        }
        if (isOutOfRange(unit, command.lba(), command.blocks())) {
            return Optional.of(Sense.LBA_OUT_OF_RANGE);
        }
        return switch (command) {
            case Cdb.Verify verify when verify.byteCheck() == 2 -> Optional.of(Sense.invalidFieldInCdb(1));
            case Cdb.Verify verify when verify.byteCheck() != COMPARE_ALL -> Optional.empty();
            case Cdb.WriteVerify write when write.byteCheck() > COMPARE_ALL -> Optional.of(Sense.invalidFieldInCdb(1));
            case Cdb.WriteSame same -> faultOf(same);
            // SBC-3 allows 0 blocks, but 0 is also what is left of 256 in 8 bits: libiscsi's suite sends that and wants
            // it refused, and nobody compares nothing.
            case Cdb.CompareAndWrite compare when compare.blocks() == 0 -> Optional.of(Sense.invalidFieldInCdb(13));
            case Cdb.SynchronizeCache synchronize -> Optional.empty();
            case Cdb.Prefetch prefetch -> Optional.empty();
            default ->
                command.blocks() > DeviceLimits.MAX_TRANSFER
                        ? Optional.of(Sense.invalidFieldInCdb(lengthField(command)))
                        : Optional.empty();
        };
    }

    private static boolean isWrite(Cdb.Ranged command) {
        return switch (command) {
            case Cdb.Read read -> false;
            case Cdb.Verify verify -> false;
            case Cdb.Prefetch prefetch -> false;
            case Cdb.SynchronizeCache synchronize -> false;
            default -> true;
        };
    }

    private static Optional<Sense> faultOf(Cdb.WriteSame same) {
        if (same.anchor()) {
            return Optional.of(Sense.invalidFieldInCdb(1));
        }
        return same.blocks() == 0 || same.blocks() > DeviceLimits.MAX_WRITE_SAME
                ? Optional.of(Sense.invalidFieldInCdb(lengthField(same)))
                : Optional.empty();
    }

    private static int lengthField(Cdb.Ranged command) {
        return switch (command.encode().get(0) >> 5 & 0x07) {
            case 4 -> 10;
            case 5 -> 6;
            default -> 7;
        };
    }

    /** Also for a length of 0 beyond the end. All numbers are unsigned. */
    private static boolean isOutOfRange(LogicalUnit unit, long lba, long blocks) {
        long capacity = unit.sizeBytes() / BLOCK;
        return Long.compareUnsigned(lba, capacity) > 0 || blocks > capacity - lba;
    }

    private static Plan write(LogicalUnit unit, long offset, long length, boolean durable) {
        Plan.Pace pace = durable ? Plan.Pace.SLOW : Plan.Pace.QUICK;
        return new Plan.Run((int) length, Plan.Shortfall.WRITTEN_IN_PART, pace, data -> {
            if (data.hasRemaining()) {
                unit.exclusion().shared(() -> unit.write(offset, data));
            }
            if (durable) {
                unit.flush();
            }
            return Ending.GOOD;
        });
    }

    private static Plan flush(LogicalUnit unit) {
        return new Plan.Run(0, Plan.Pace.SLOW, data -> {
            unit.flush();
            return Ending.GOOD;
        });
    }

    private static Plan verify(LogicalUnit unit, long offset, long length, int byteCheck) {
        return switch (byteCheck) {
            case NO_DATA -> Plan.GOOD;
            case COMPARE_ALL ->
                new Plan.Run((int) length, Plan.Pace.SLOW, data -> ending(Comparison.withUnit(unit, offset, data)));
            case COMPARE_ONE_BLOCK -> {
                int sent = length == 0 ? 0 : BLOCK;
                yield new Plan.Run(
                        sent, Plan.Pace.SLOW, data -> ending(Comparison.withEachBlock(unit, offset, length, data)));
            }
            default -> throw new IllegalArgumentException("BYTCHK " + byteCheck);
        };
    }

    private static Plan compareAndWrite(LogicalUnit unit, long offset, int length, boolean durable) {
        return new Plan.Run(2 * length, Plan.Pace.SLOW, data -> {
            OptionalLong difference = unit.exclusion().alone(() -> {
                OptionalLong found = Comparison.withUnit(unit, offset, data.slice(0, length));
                if (found.isEmpty() && length > 0) {
                    unit.write(offset, data.slice(length, length));
                }
                return found;
            });
            if (difference.isEmpty() && durable) {
                unit.flush();
            }
            return ending(difference);
        });
    }

    private static Ending ending(OptionalLong difference) {
        return difference.isEmpty() ? Ending.GOOD : Ending.check(Sense.MISCOMPARE.about(difference.getAsLong()));
    }

    private static Plan orWrite(LogicalUnit unit, long offset, int length, boolean durable) {
        return new Plan.Run(length, Plan.Pace.SLOW, data -> {
            if (length > 0) {
                unit.exclusion().alone(() -> {
                    ByteBuffer stored = ByteBuffer.allocate(length);
                    unit.read(offset, stored);
                    for (int i = 0; i < length; i += Long.BYTES) {
                        stored.putLong(i, stored.getLong(i) | data.getLong(i));
                    }
                    unit.write(offset, stored.flip());
                    return stored;
                });
            }
            if (durable) {
                unit.flush();
            }
            return Ending.GOOD;
        });
    }

    private static Plan writeSame(LogicalUnit unit, long offset, long length, Cdb.WriteSame same) {
        return new Plan.Run(same.noData() ? 0 : BLOCK, Plan.Pace.SLOW, data -> {
            if (isZero(data)) {
                // Zeros are given up with or without the UNMAP bit: a thin array stores no zeros.
                unit.exclusion().shared(() -> unit.discard(offset, length));
            } else {
                repeat(unit, offset, length, data);
            }
            return Ending.GOOD;
        });
    }

    private static void repeat(LogicalUnit unit, long offset, long length, ByteBuffer block) throws IOException {
        ByteBuffer pattern = ByteBuffer.allocate((int) Math.min(length, Comparison.PIECE));
        while (pattern.hasRemaining()) {
            pattern.put(block.duplicate());
        }
        for (long done = 0; done < length; done += pattern.capacity()) {
            long at = offset + done;
            ByteBuffer piece = pattern.duplicate().clear().limit((int) Math.min(pattern.capacity(), length - done));
            unit.exclusion().shared(() -> unit.write(at, piece));
        }
    }

    private static boolean isZero(ByteBuffer data) {
        for (int i = data.position(); i < data.limit(); i++) {
            if (data.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
