package io.stowage.host.iscsi;

import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.BlockLimits;
import io.stowage.iscsi.scsi.Capacity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.InquiryData;
import io.stowage.iscsi.scsi.Provisioning;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.VpdPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A disk in memory with a volatile cache: what was not synchronized is gone after {@link #loseCache}. */
final class ScriptedDisk {
    /** What the target answers. */
    sealed interface Answer {}

    record Data(ByteBuffer data) implements Answer {}

    record Status(int status, ByteBuffer sense) implements Answer {}

    /** No answer ever. */
    record Silence() implements Answer {}

    /** The connection ends instead. */
    record Hangup() implements Answer {}

    static final String NAA = "624a93701234567890abcdef00011010";
    static final String SERIAL = "1234567890ABCDEF00011010";
    static final int BLOCK = 512;

    private static final Answer GOOD = new Status(ScsiStatus.GOOD, ByteBuffer.allocate(0));

    private final Deque<Function<Cdb, @Nullable Answer>> script = new ArrayDeque<>();
    private final List<Cdb> seen = new ArrayList<>();
    private byte[] cache;
    private byte[] durable;
    private String naa = NAA;
    private int window = 32;
    private boolean answersPings = true;
    private Preferences preferences = Preferences.DEFAULT;

    ScriptedDisk(int bytes) {
        cache = new byte[bytes];
        durable = new byte[bytes];
    }

    /** The next command for which the function gives an answer gets that answer instead of the disk's. */
    synchronized ScriptedDisk once(Function<Cdb, @Nullable Answer> answer) {
        script.add(answer);
        return this;
    }

    synchronized ScriptedDisk window(int commands) {
        window = commands;
        return this;
    }

    synchronized ScriptedDisk silentPings() {
        answersPings = false;
        return this;
    }

    synchronized ScriptedDisk preferences(Preferences wanted) {
        preferences = wanted;
        return this;
    }

    synchronized void naa(String other) {
        naa = other;
    }

    synchronized void resize(int bytes) {
        cache = Arrays.copyOf(cache, bytes);
        durable = Arrays.copyOf(durable, bytes);
    }

    synchronized void loseCache() {
        cache = durable.clone();
    }

    synchronized byte[] content(int offset, int length) {
        return Arrays.copyOfRange(cache, offset, offset + length);
    }

    /** Whether what is in the cache is durable too. */
    synchronized boolean isSynchronized() {
        return Arrays.equals(cache, durable);
    }

    synchronized List<Cdb> seen() {
        return List.copyOf(seen);
    }

    synchronized int window() {
        return window;
    }

    synchronized boolean answersPings() {
        return answersPings;
    }

    synchronized Preferences preferences() {
        return preferences;
    }

    static Answer check(Sense sense) {
        return new Status(ScsiStatus.CHECK_CONDITION, sense.encodeFixed());
    }

    synchronized Answer execute(ScsiCommand command, ByteBuffer out) {
        Cdb cdb = Cdb.parse(command.cdb());
        seen.add(cdb);
        for (Function<Cdb, @Nullable Answer> line : script) {
            Answer answer = line.apply(cdb);
            if (answer != null) {
                script.remove(line);
                return answer;
            }
        }
        return switch (cdb) {
            case Cdb.Inquiry(boolean vital, int page, int length) -> data(vital ? vpd(page) : standard(), length);
            case Cdb.ReadCapacity16(long length) ->
                data(new Capacity(cache.length / BLOCK - 1, BLOCK, true, true).encode16(), length);
            case Cdb.Read read ->
                new Data(ByteBuffer.wrap(cache, (int) read.lba() * BLOCK, (int) read.blocks() * BLOCK)
                        .slice());
            case Cdb.Write write -> {
                out.get(cache, (int) write.lba() * BLOCK, (int) write.blocks() * BLOCK);
                yield GOOD;
            }
            case Cdb.WriteSame same -> {
                Arrays.fill(cache, (int) same.lba() * BLOCK, (int) (same.lba() + same.blocks()) * BLOCK, (byte) 0);
                yield GOOD;
            }
            // A hint, which a target may pass over.
            case Cdb.Unmap unmap -> GOOD;
            case Cdb.SynchronizeCache synchronize -> {
                durable = cache.clone();
                yield GOOD;
            }
            default -> check(Sense.INVALID_OPCODE);
        };
    }

    private static ByteBuffer standard() {
        return new InquiryData("PURE", "FlashArray", "8888").encode();
    }

    private ByteBuffer vpd(int page) {
        ByteBuffer body = switch (page) {
            case VpdPage.SERIAL_NUMBER -> ByteBuffer.wrap(SERIAL.getBytes(StandardCharsets.US_ASCII));
            case VpdPage.DEVICE_IDENTIFICATION ->
                Designator.encode(List.of(Designator.naa(HexFormat.of().parseHex(naa))));
            case VpdPage.BLOCK_LIMITS -> new BlockLimits(true, 0, 8, 0, 0, 0xFFFF_FFFFL, 256, 8, 1 << 20).encode();
            case VpdPage.PROVISIONING -> new Provisioning(0, true, true, true, true, 2).encode();
            default -> ByteBuffer.allocate(0);
        };
        return VpdPage.encode(page, body);
    }

    private static Answer data(ByteBuffer data, long allocation) {
        return new Data(data.slice(0, (int) Math.min(data.remaining(), allocation)));
    }
}
