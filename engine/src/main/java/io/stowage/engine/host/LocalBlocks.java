package io.stowage.engine.host;

import io.stowage.engine.journal.Failures;
import io.stowage.host.delta.DeltaReceiver;
import io.stowage.host.delta.DeltaSender;
import io.stowage.host.transfer.DeviceBlocks;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.Onto;
import io.stowage.host.transfer.Transfer;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** The block devices of this machine. */
public final class LocalBlocks implements VolumeBlocks {
    @Override
    public Moved move(BlockMove what, Transfer.Watcher watcher) {
        return Failures.io(() -> {
            try (DeviceBlocks from = DeviceBlocks.toRead(what.from(), what.bytes(), what.data());
                    DeviceBlocks to = DeviceBlocks.toWrite(what.to(), what.bytes(), present(what))) {
                Onto onto = switch (what.before()) {
                    case BlockMove.Before.Nothing() -> new Onto.Blank();
                    case BlockMove.Before.Other() -> new Onto.Stale();
                    case BlockMove.Before.Similar similar -> new Onto.Similar(to);
                };
                return new Transfer(from, to, onto, what.limit(), watcher).run(what.differing());
            }
        });
    }

    @Override
    public Moved send(BlockSend what, InputStream in, OutputStream out, Transfer.Watcher watcher) {
        return Failures.io(() -> {
            try (DeviceBlocks from = DeviceBlocks.toRead(what.from(), what.bytes(), what.data())) {
                DeltaSender sender = new DeltaSender(from, out, what.limit(), watcher);
                return switch (what.receiver()) {
                    case BlockSend.Receiver.Blank() -> sender.toBlank();
                    case BlockSend.Receiver.Known(ExtentMap differing) -> sender.toKnown(differing);
                    case BlockSend.Receiver.Unknown() -> sender.toUnknown(in);
                };
            }
        });
    }

    @Override
    public Moved receive(
            Path to, long bytes, ExtentMap data, InputStream in, OutputStream out, Transfer.Watcher watcher) {
        return Failures.io(() -> {
            try (DeviceBlocks device = DeviceBlocks.toWrite(to, bytes, data)) {
                return new DeltaReceiver(device, device, in, out, watcher).run();
            }
        });
    }

    private static ExtentMap present(BlockMove what) {
        return what.before() instanceof BlockMove.Before.Similar(ExtentMap data) ? data : ExtentMap.everything();
    }
}
