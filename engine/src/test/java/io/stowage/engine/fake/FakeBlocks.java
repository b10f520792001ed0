package io.stowage.engine.fake;

import io.stowage.engine.Refused;
import io.stowage.engine.host.BlockMove;
import io.stowage.engine.host.BlockMove.Before;
import io.stowage.engine.host.BlockSend;
import io.stowage.engine.host.BlockSend.Receiver;
import io.stowage.engine.host.VolumeBlocks;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.Extent;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Moves content between devices of the {@link FakeHost}, and only where it is said to differ. */
final class FakeBlocks implements VolumeBlocks {
    private final FakeHost host;
    private final Faults faults;

    FakeBlocks(FakeHost host, Faults faults) {
        this.host = host;
        this.faults = faults;
    }

    private FakeStore.Unit unit(Path device) {
        FakeHost.@Nullable Device found = host.at(device);
        if (found == null) {
            throw new Refused(Refused.Kind.FAILED, device + ": no such device");
        }
        return found.unit();
    }

    @Override
    public Moved move(BlockMove what, Transfer.Watcher watcher) {
        watcher.at(0, what.bytes());
        Moved moved = faults.host(name(what.before()), () -> {
            FakeStore.Unit from = unit(what.from());
            FakeStore.Unit to = unit(what.to());
            if (from.size.bytes() < what.bytes() || to.size.bytes() < what.bytes()) {
                throw new IllegalStateException(what.bytes() + " bytes go from " + from.size + " to " + to.size);
            }
            boolean blank = to.content.equals(Content.EMPTY) || to.content.equals(from.content);
            if (what.before() instanceof Before.Nothing && !blank) {
                throw new IllegalStateException("There is something already: " + to.content);
            }
            if (!differs(what)) {
                return Moved.NOTHING;
            }
            to.content = from.content;
            return new Moved(512, 0, 512, 0);
        });
        watcher.at(what.bytes(), what.bytes());
        return moved;
    }

    /** All of a content in one piece, or the word that there is no difference. */
    @Override
    public Moved send(BlockSend what, InputStream in, OutputStream out, Transfer.Watcher watcher) {
        watcher.at(0, what.bytes());
        return faults.host(name(what.receiver()), () -> {
            Content content = unit(what.from()).content;
            try {
                boolean differs = !(what.receiver() instanceof Receiver.Known(ExtentMap differing))
                        || !differing.within(new Extent(0, what.bytes())).isEmpty();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream data = new DataOutputStream(bytes);
                data.writeBoolean(differs);
                data.writeBoolean(what.receiver() instanceof Receiver.Blank);
                data.writeUTF(content.text());
                data.writeUTF(content.type());
                data.writeInt(content.identity());
                data.writeLong(content.fileSystemBytes());
                out.write(bytes.toByteArray());
                return differs ? new Moved(512, 0, 512, 0) : Moved.NOTHING;
            } catch (IOException e) {
                throw new Refused(Refused.Kind.FAILED, String.valueOf(e.getMessage()), e);
            }
        });
    }

    private static String name(Receiver receiver) {
        return switch (receiver) {
            case Receiver.Blank() -> "sendAll";
            case Receiver.Known known -> "sendChanges";
            case Receiver.Unknown() -> "sendCompared";
        };
    }

    @Override
    public Moved receive(
            Path to, long bytes, ExtentMap data, InputStream in, OutputStream out, Transfer.Watcher watcher) {
        watcher.at(0, bytes);
        return faults.host("receive", () -> {
            FakeStore.Unit unit = unit(to);
            try {
                DataInputStream stream = new DataInputStream(in);
                boolean differs = stream.readBoolean();
                if (stream.readBoolean() && !unit.content.equals(Content.EMPTY)) {
                    throw new IllegalStateException("There is something already: " + unit.content);
                }
                Content content = new Content(stream.readUTF(), stream.readUTF(), stream.readInt(), stream.readLong());
                if (differs) {
                    unit.content = content;
                }
                return new Moved(0, 0, differs ? 512 : 0, 0);
            } catch (IOException e) {
                throw new Refused(Refused.Kind.FAILED, String.valueOf(e.getMessage()), e);
            }
        });
    }

    private static String name(Before before) {
        return switch (before) {
            case Before.Nothing() -> "moveAll";
            case Before.Other() -> "moveChanges";
            case Before.Similar similar -> "moveCompared";
        };
    }

    private static boolean differs(BlockMove what) {
        try {
            return !what.differing().within(new Extent(0, what.bytes())).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
