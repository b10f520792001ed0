package io.stowage.nvme.identify;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** I/O Command Set Independent Identify Namespace, CNS 08h. Base 2.0, figure 280. */
public final class IndependentNamespace extends Structure {
    public static final int BYTES = 4096;

    /** All zeros: a namespace that isn't there. */
    public IndependentNamespace() {
        super(BYTES);
    }

    /** The structure at the buffer's position. */
    public IndependentNamespace(ByteBuffer from) {
        super(from, BYTES);
    }

    /** NSFEAT: bit 3 identifiers are never used again. */
    public int features() {
        return byteAt(0);
    }

    public IndependentNamespace features(int bits) {
        byteAt(0, bits);
        return this;
    }

    /** NMIC: bit 0 several controllers share it. */
    public int sharing() {
        return byteAt(1);
    }

    public IndependentNamespace sharing(int bits) {
        byteAt(1, bits);
        return this;
    }

    /** RESCAP, as in {@link IdentifyNamespace#reservations}. */
    public int reservations() {
        return byteAt(2);
    }

    public IndependentNamespace reservations(int bits) {
        byteAt(2, bits);
        return this;
    }

    /** ANAGRPID. */
    public int accessGroup() {
        return intAt(4);
    }

    public IndependentNamespace accessGroup(int id) {
        intAt(4, id);
        return this;
    }

    /** NSATTR bit 0: it takes no writes at present. */
    public boolean isWriteProtected() {
        return (byteAt(8) & 1) != 0;
    }

    public IndependentNamespace writeProtected(boolean so) {
        byteAt(8, so ? 1 : 0);
        return this;
    }

    /** NSTAT bit 0: it is ready. */
    public boolean isReady() {
        return (byteAt(14) & 1) != 0;
    }

    public IndependentNamespace ready(boolean so) {
        byteAt(14, so ? 1 : 0);
        return this;
    }
}
