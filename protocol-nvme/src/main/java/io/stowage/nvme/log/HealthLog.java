package io.stowage.nvme.log;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** SMART / Health Information, log page 02h. Base 2.0, figure 207. Counters have 128 bits, of which 63 are used here. */
public final class HealthLog extends Structure {
    public static final int BYTES = 512;

    /** Bytes that {@link #read} and {@link #written} count by: a thousand blocks of 512 bytes, rounded up. */
    public static final int DATA_UNIT = 512_000;

    public HealthLog() {
        super(BYTES);
    }

    /** The page at the buffer's position. */
    public HealthLog(ByteBuffer from) {
        super(from, BYTES);
    }

    /** Critical warnings: bit 0 little spare, 1 temperature, 2 degraded, 3 read-only. */
    public int warnings() {
        return byteAt(0);
    }

    public HealthLog warnings(int bits) {
        byteAt(0, bits);
        return this;
    }

    /** In kelvin. */
    public int temperature() {
        return shortAt(1);
    }

    public HealthLog temperature(int kelvin) {
        shortAt(1, kelvin);
        return this;
    }

    /** Spare capacity that is left and below which there is a warning, in percent. */
    public HealthLog spare(int percent, int threshold) {
        byteAt(3, percent);
        byteAt(4, threshold);
        return this;
    }

    /** Spare capacity that is left, in percent. */
    public int spare() {
        return byteAt(3);
    }

    /** Where there is a warning, in percent. */
    public int spareThreshold() {
        return byteAt(4);
    }

    /** Share of the life that is over, in percent; may be more than 100. */
    public int used() {
        return byteAt(5);
    }

    public HealthLog used(int percent) {
        byteAt(5, percent);
        return this;
    }

    /** Data units read, in {@link #DATA_UNIT}. */
    public long read() {
        return longAt(32);
    }

    /** Data units and commands. */
    public HealthLog read(long units, long commands) {
        longAt(32, units);
        longAt(64, commands);
        return this;
    }

    /** Data units written, in {@link #DATA_UNIT}. */
    public long written() {
        return longAt(48);
    }

    /** Data units and commands. */
    public HealthLog written(long units, long commands) {
        longAt(48, units);
        longAt(80, commands);
        return this;
    }

    public long readCommands() {
        return longAt(64);
    }

    public long writeCommands() {
        return longAt(80);
    }

    public long powerOnHours() {
        return longAt(128);
    }

    public HealthLog powerOnHours(long hours) {
        longAt(128, hours);
        return this;
    }

    /** Entries ever written to the error log. */
    public long errors() {
        return longAt(176);
    }

    public HealthLog errors(long count) {
        longAt(176, count);
        return this;
    }
}
