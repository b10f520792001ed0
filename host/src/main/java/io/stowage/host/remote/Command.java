package io.stowage.host.remote;

import java.nio.ByteBuffer;

/** What a unit is asked for. Offsets and lengths are bytes, multiples of 512, within the unit. */
public sealed interface Command {
    /** Bytes of the largest transfer of one command. Links whose protocol allows less cut it. */
    int MAX_TRANSFER = 1 << 20;

    /** Fills what remains in the buffer, whose position stays as it is. */
    record Read(long offset, ByteBuffer into) implements Command {}

    /** Writes what remains in the buffer, whose position stays as it is. */
    record Write(long offset, ByteBuffer from) implements Command {}

    /** Zeroes a range of at most {@link ProvenUnit#maxZeroes} bytes, giving up its space where the target can do that. */
    record Zeroes(long offset, long length) implements Command {}

    /** Asks where in a range something is stored; everything else in it reads as zeroes. Links that can't ask refuse. */
    record Allocation(long offset, long length, Allocated answer) implements Command {}

    /** Makes every write that was acknowledged durable. */
    record Flush() implements Command {}
}
