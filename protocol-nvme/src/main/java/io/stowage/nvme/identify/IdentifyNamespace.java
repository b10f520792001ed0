package io.stowage.nvme.identify;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Identify Namespace, CNS 00h and 11h. NVM Command Set 1.0, figure 97. Fields that aren't here are zero. */
public final class IdentifyNamespace extends Structure {
    public static final int BYTES = 4096;

    /** Bit of {@link #features}: there is less room than NSZE says. */
    public static final int THIN = 0x01;

    /** Bit of {@link #features}: NAWUN, NAWUPF and NACWU are this namespace's. */
    public static final int OWN_ATOMICITY = 0x02;

    /** Bit of {@link #features}: NGUIDs are never used again. */
    public static final int UNIQUE_ID = 0x08;

    /** Bit of {@link #features}: the preferred granularities are valid. */
    public static final int PREFERENCES = 0x10;

    private static final int FORMATS = 128;

    /** All zeros: a namespace that isn't there. */
    public IdentifyNamespace() {
        super(BYTES);
    }

    /** The structure at the buffer's position. */
    public IdentifyNamespace(ByteBuffer from) {
        super(from, BYTES);
    }

    /** NSZE: the size in blocks; 0 if the namespace isn't attached. */
    public long size() {
        return longAt(0);
    }

    /** NSZE and NCAP, in blocks. */
    public IdentifyNamespace size(long blocks) {
        longAt(0, blocks);
        longAt(8, blocks);
        return this;
    }

    /** NCAP: blocks that may be allocated at a time. */
    public long capacity() {
        return longAt(8);
    }

    /** NUSE: allocated blocks. */
    public long used() {
        return longAt(16);
    }

    public IdentifyNamespace used(long blocks) {
        longAt(16, blocks);
        return this;
    }

    /** NSFEAT. */
    public int features() {
        return byteAt(24);
    }

    public IdentifyNamespace features(int bits) {
        byteAt(24, bits);
        return this;
    }

    /** FLBAS: bits 3..0 the block format in use. */
    public int format() {
        return byteAt(26) & 0x0F;
    }

    /** NMIC: bit 0 several controllers share it. */
    public int sharing() {
        return byteAt(30);
    }

    public IdentifyNamespace sharing(int bits) {
        byteAt(30, bits);
        return this;
    }

    /** RESCAP: bit 0 registrations persist through power loss, 6..1 types, 7 ignoring keys as of 1.3. */
    public int reservations() {
        return byteAt(31);
    }

    public IdentifyNamespace reservations(int bits) {
        byteAt(31, bits);
        return this;
    }

    /** DLFEAT: bits 2..0 001b what is given up reads as zeros, 3 Write Zeroes may give up. */
    public int deallocation() {
        return byteAt(33);
    }

    public IdentifyNamespace deallocation(int bits) {
        byteAt(33, bits);
        return this;
    }

    /** NAWUN, NAWUPF and NACWU: what is written in one step, in blocks, 0-based. */
    public IdentifyNamespace atomicity(int normal, int powerFail, int compareAndWrite) {
        shortAt(34, normal);
        shortAt(36, powerFail);
        shortAt(38, compareAndWrite);
        return this;
    }

    /** NACWU. */
    public int atomicCompareBlocks() {
        return shortAt(38);
    }

    /** NVMCAP: the size in bytes. */
    public IdentifyNamespace capacityBytes(long bytes) {
        longAt(48, bytes);
        longAt(56, 0);
        return this;
    }

    /** NPWG, NPWA, NPDG and NPDA: preferred granularity and alignment of writes and deallocation, in blocks, 0-based. */
    public IdentifyNamespace granularity(int write, int deallocate) {
        shortAt(64, write);
        shortAt(66, write);
        shortAt(68, deallocate);
        shortAt(70, deallocate);
        return this;
    }

    /** NPDG: preferred granularity of deallocation in blocks, 0-based. */
    public int deallocateGranularity() {
        return shortAt(68);
    }

    /** NOWS: the optimal length of a write in blocks, 0-based. */
    public int optimalWrite() {
        return shortAt(72);
    }

    public IdentifyNamespace optimalWrite(int blocks) {
        shortAt(72, blocks);
        return this;
    }

    /** MSSRL, MCL and MSRC: blocks of a source range, blocks of a Copy, and source ranges (0-based), at most. */
    public IdentifyNamespace copyLimits(int rangeBlocks, int blocks, int ranges) {
        shortAt(74, rangeBlocks);
        intAt(76, blocks);
        byteAt(80, ranges);
        return this;
    }

    /** MSSRL. */
    public int maxCopyRange() {
        return shortAt(74);
    }

    /** MCL. */
    public long maxCopy() {
        return Integer.toUnsignedLong(intAt(76));
    }

    /** MSRC, 0-based. */
    public int maxCopyRanges() {
        return byteAt(80);
    }

    /** ANAGRPID. */
    public int accessGroup() {
        return intAt(92);
    }

    public IdentifyNamespace accessGroup(int id) {
        intAt(92, id);
        return this;
    }

    /** NSATTR bit 0: it takes no writes at present. */
    public boolean isWriteProtected() {
        return (byteAt(99) & 1) != 0;
    }

    public IdentifyNamespace writeProtected(boolean so) {
        byteAt(99, so ? 1 : 0);
        return this;
    }

    /** NGUID: 16 bytes as they are printed. */
    public byte[] nguid() {
        return bytesAt(104, 16);
    }

    public IdentifyNamespace nguid(byte[] id) {
        bytesAt(104, id);
        return this;
    }

    /** EUI64: 8 bytes as they are printed, zeros for none. */
    public byte[] eui64() {
        return bytesAt(120, 8);
    }

    /** LBADS of the block format in use: the size of a block as a power of two. */
    public int blockExponent() {
        return byteAt(FORMATS + 4 * format() + 2);
    }

    /** MS of the block format in use: bytes of metadata for each block. */
    public int metadataBytes() {
        return shortAt(FORMATS + 4 * format());
    }

    /** One block format, the first, without metadata. */
    public IdentifyNamespace blockExponent(int exponent) {
        byteAt(FORMATS + 2, exponent);
        return this;
    }
}
