package io.stowage.server.migration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a protobuf message field by field: {@link #next}, then one of the others; a field that is not read is passed over.
 */
final class ProtoReader {
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer in;
    private int wire;
    private boolean read = true;

    ProtoReader(byte[] message) {
        this(ByteBuffer.wrap(message));
    }

    private ProtoReader(ByteBuffer in) {
        this.in = in;
    }

    /** The number of the next field; 0 at the end. */
    int next() throws MalformedMessage {
        if (!read) {
            skip();
        }
        if (!in.hasRemaining()) {
            return 0;
        }
        var tag = varint();
        var field = tag >>> 3;
        wire = (int) (tag & 7);
        if (field == 0 || field > 0x1fff_ffff) {
            throw new MalformedMessage("A field of a message has the number " + field);
        }
        read = false;
        return (int) field;
    }

    private void skip() throws MalformedMessage {
        switch (wire) {
            case ProtoWriter.VARINT -> varint();
            case ProtoWriter.FIXED_64 -> take(Long.BYTES);
            case ProtoWriter.BYTES -> take(varint());
            case ProtoWriter.FIXED_32 -> take(Integer.BYTES);
            default -> throw new MalformedMessage("A field of a message has the wire type " + wire);
        }
    }

    private void require(int wanted) throws MalformedMessage {
        if (wire != wanted) {
            throw new MalformedMessage(
                    "A field of a message has the wire type %d instead of %d".formatted(wire, wanted));
        }
        read = true;
    }

    long number() throws MalformedMessage {
        require(ProtoWriter.VARINT);
        return varint();
    }

    boolean flag() throws MalformedMessage {
        return number() != 0;
    }

    ProtoReader message() throws MalformedMessage {
        require(ProtoWriter.BYTES);
        return new ProtoReader(take(varint()));
    }

    byte[] bytes() throws MalformedMessage {
        require(ProtoWriter.BYTES);
        var slice = take(varint());
        var bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }

    String text() throws MalformedMessage {
        require(ProtoWriter.BYTES);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(take(varint())).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage("A text of a message is not UTF-8");
        }
    }

    private ByteBuffer take(long length) throws MalformedMessage {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedMessage("A field of a message is longer than the message");
        }
        var slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private long varint() throws MalformedMessage {
        var value = 0L;
        for (var i = 0; i < LONGEST_VARINT; i++) {
            if (!in.hasRemaining()) {
                throw new MalformedMessage("A message ends within a number");
            }
            var next = in.get();
            value |= (long) (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessage("A number of a message is too long");
    }
}
