package io.stowage.array.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host's command that is under way: its stage, which its {@link TaskTable} guards, and the room for its data. */
public abstract class UnderWay {
    private Stage stage = Stage.COLLECTING;
    private @Nullable ByteBuffer buffer;

    /** What it is called on its session or queue, once at a time. */
    public abstract int tag();

    public final Stage stage() {
        return stage;
    }

    final void enter(Stage next) {
        stage = next;
    }

    /** Where the data go; nothing if none of it is wanted, or before there was room. */
    public final Optional<ByteBuffer> buffer() {
        return Optional.ofNullable(buffer);
    }

    public final void useBuffer(ByteBuffer room) {
        buffer = room;
    }

    /** Gives the buffer back to the pool, once. */
    public final void releaseBuffer(BufferPool pool) {
        if (buffer != null) {
            pool.release(buffer);
            buffer = null;
        }
    }
}
