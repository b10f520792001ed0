package io.stowage.engine.fake;

import io.stowage.engine.Refused;
import io.stowage.engine.host.RawDevice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a volume in the array's memory: what is on it as text, each character a byte, and zeros behind. */
record FakeDevice(FakeStore.Unit unit, Faults faults) implements RawDevice {
    @Override
    public int read(ByteBuffer into, long offset) {
        byte[] all = unit.content.text().getBytes(StandardCharsets.ISO_8859_1);
        int count = (int) Math.min(into.remaining(), unit.size.bytes() - offset);
        int from = (int) Math.min(offset, all.length);
        into.put(Arrays.copyOf(Arrays.copyOfRange(all, from, Math.min(all.length, from + count)), count));
        return count;
    }

    @Override
    public void write(ByteBuffer from, long offset) {
        if (offset + from.remaining() > unit.size.bytes()) {
            throw new Refused(Refused.Kind.FAILED, "No space left on device");
        }
        faults.host("write", () -> {
            byte[] old = unit.content.text().getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = Arrays.copyOf(old, Math.max(old.length, (int) offset + from.remaining()));
            from.get(all, (int) offset, from.remaining());
            unit.content = unit.content.with(new String(all, StandardCharsets.ISO_8859_1));
            return offset;
        });
    }

    @Override
    public void flush() {
        faults.host("flush", () -> unit);
    }

    @Override
    public void close() {}
}
