package io.stowage.host.nvme;

import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.ConnectionResponse;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.PduType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each piece that comes with PDUs at random: well-formed ones with fields that make no sense, and plain rubbish. */
final class NonsenseTarget implements AutoCloseable {
    private static final int[] TYPES = {
        PduType.IC_RESP, PduType.C2H_TERM_REQ, PduType.CAPSULE_RESP, PduType.C2H_DATA, PduType.R2T
    };

    private final ServerSocketChannel listener;
    private final long seed;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    NonsenseTarget(long seed) throws IOException {
        this.seed = seed;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("nonsense").start(this::accept);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                open.add(channel);
                Random random = new Random(seed + connections.incrementAndGet());
                Thread.ofPlatform().daemon().name("nonsense").start(() -> talk(channel, random));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void talk(SocketChannel channel, Random random) {
        try (channel) {
            ByteBuffer in = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
            boolean begun = random.nextInt(4) == 0; // mostly the beginning is in order, so that more is looked at
            int command = 0;
            while (channel.read(in.clear()) >= 0) {
                if (in.position() >= 12 && in.get(0) == PduType.CAPSULE_CMD) {
                    command = in.getShort(10);
                }
                ByteBuffer out = begun ? nonsense(random, command) : beginning();
                begun = true;
                channel.write(out);
            }
        } catch (IOException e) {
            // the host has gone
        } finally {
            open.remove(channel);
        }
    }

    private static ByteBuffer beginning() {
        ByteBuffer out = ByteBuffer.allocate(CommonHeader.LONGEST).order(ByteOrder.LITTLE_ENDIAN);
        new ConnectionResponse(0, 0, Digests.NONE, 1 << 17).write(out);
        return out.flip();
    }

    /** One to three PDUs; half of them for the command that came last. */
    private static ByteBuffer nonsense(Random random, int command) {
        ByteBuffer out = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int start = out.position();
            int type = TYPES[random.nextInt(TYPES.length)];
            int data = type == PduType.C2H_DATA ? random.nextInt(1024) : 0;
            byte[] fields = new byte[PduType.headerLength(type) - CommonHeader.BYTES + data];
            random.nextBytes(fields);
            int offset = data == 0 ? 0 : PduType.headerLength(type);
            CommonHeader.put(out, type, random.nextInt(16) & ~3, offset, CommonHeader.BYTES + fields.length);
            out.put(fields);
            if (random.nextBoolean() && type != PduType.IC_RESP) {
                int at = type == PduType.CAPSULE_RESP ? 20 : 8;
                out.putShort(start + at, (short) command);
                if (type == PduType.CAPSULE_RESP) {
                    out.putShort(start + 22, (short) (random.nextBoolean() ? 0 : random.nextInt()));
                } else if (type == PduType.C2H_DATA) {
                    out.putInt(start + 12, 0).putInt(start + 16, data);
                }
            }
            if (random.nextInt(8) == 0) {
                out.put(start + random.nextInt(out.position() - start), (byte) random.nextInt());
            }
        }
        return out.flip();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
