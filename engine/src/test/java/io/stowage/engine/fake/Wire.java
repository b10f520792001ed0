package io.stowage.engine.fake;

import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.Peer;
import io.stowage.engine.migration.Rsync;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.engine.migration.TargetPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two servers that are connected in memory. Closing one end is noticed at the other. */
public final class Wire {
    private final BlockingQueue<Object> toTarget = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> toSource = new LinkedBlockingQueue<>();
    private volatile boolean cut;
    private volatile String failure = "";
    private final boolean kin;
    private volatile boolean compress;

    private Wire(boolean kin) {
        this.kin = kin;
    }

    /** Between two servers of ours. */
    public static Wire ofKin() {
        return new Wire(true);
    }

    /** As if one of the two were some LXD. */
    public static Wire ofStrangers() {
        return new Wire(false);
    }

    /** Whether both have said that rsync may compress. */
    public boolean compresses() {
        return compress;
    }

    /** The connection breaks. */
    public void cut() {
        cut = true;
    }

    /** For the one who sends. */
    public TargetPeer target() {
        return new ToTarget();
    }

    /** For the one who receives. */
    public SourcePeer source() {
        return new ToSource();
    }

    private record Piece(byte[] bytes) {}

    private record End() {}

    private record Done() {}

    private abstract class Side implements Peer {
        private final BlockingQueue<Object> in;
        private final BlockingQueue<Object> out;
        private Runnable watch = () -> {};
        private Incoming content = new Incoming();

        Side(BlockingQueue<Object> in, BlockingQueue<Object> out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public boolean comes() {
            return false;
        }

        @Override
        public void heed(Runnable watcher) {
            this.watch = watcher;
        }

        Object next() {
            try {
                while (true) {
                    watch.run();
                    @Nullable Object found = in.poll(10, TimeUnit.MILLISECONDS);
                    if (found != null) {
                        return found;
                    }
                    if (cut) {
                        throw new Refused(Refused.Kind.FAILED, failure.isEmpty() ? "The connection broke" : failure);
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void put(Object message) {
            if (cut) {
                throw new Refused(Refused.Kind.FAILED, failure.isEmpty() ? "The connection broke" : failure);
            }
            out.add(message);
        }

        @Override
        public InputStream in() {
            return content;
        }

        private final class Incoming extends InputStream {
            private byte[] piece = new byte[0];
            private int at;
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                while (at == piece.length && !ended) {
                    switch (next()) {
                        case Piece(byte[] more) -> {
                            piece = more;
                            at = 0;
                        }
                        case End() -> ended = true;
                        case Object other -> throw new IllegalStateException("unexpected: " + other);
                    }
                }
                if (at == piece.length) {
                    return -1;
                }
                int count = Math.min(length, piece.length - at);
                System.arraycopy(piece, at, bytes, offset, count);
                at += count;
                return count;
            }
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int one) {
                    put(new Piece(new byte[] {(byte) one}));
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    put(new Piece(Arrays.copyOfRange(bytes, offset, offset + length)));
                }
            };
        }

        @Override
        public void endOut() {
            put(new End());
        }

        @Override
        public void endIn() {
            try {
                content.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            content = new Incoming();
        }

        @Override
        public Rsync rsync() {
            return new Rsync(true, true, compress);
        }

        @Override
        public RuntimeException explain(RuntimeException problem) {
            return problem;
        }

        @Override
        public void fail(String message) {
            if (!cut) {
                failure = message;
            }
        }

        @Override
        public void close() {
            cut = true;
        }
    }

    private final class ToTarget extends Side implements TargetPeer {
        ToTarget() {
            super(toSource, toTarget);
        }

        @Override
        public void connect() {}

        @Override
        public Answer offer(Volume volume, Offer offer) {
            put(kin ? offer : new Offer(offer.files(), offer.snapshots(), offer.compress(), Optional.empty()));
            Answer answer = (Answer) next();
            compress = offer.compress() && answer.compress();
            return answer;
        }

        @Override
        public void awaitDone() {
            if (!(next() instanceof Done)) {
                throw new IllegalStateException("something else than the end");
            }
        }
    }

    private final class ToSource extends Side implements SourcePeer {
        private List<MovingSnapshot> offered = List.of();

        ToSource() {
            super(toTarget, toSource);
        }

        @Override
        public Offer offer() {
            Offer offer = (Offer) next();
            offered = offer.snapshots();
            return offer;
        }

        @Override
        public List<MovingSnapshot> accept(Answer answer) {
            put(answer);
            return offered.stream()
                    .filter(each -> answer.wanted().contains(each.name()))
                    .toList();
        }

        @Override
        public void done() {
            put(new Done());
        }
    }
}
