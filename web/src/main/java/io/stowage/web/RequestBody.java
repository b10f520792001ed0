package io.stowage.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, and what becomes of the part that the handler doesn't read. A connection that is closed while its
 * client still sends is reset, and an answer that the client hasn't read by then is lost to it. So the rest is read first
 * when it is short, and after the answer otherwise, within limits.
 */
final class RequestBody {
    private static final System.Logger LOG = System.getLogger(RequestBody.class.getName());

    /** Longest body that is read to its end before the answer, in bytes; the connection goes on then. */
    private static final int SHORT = 4 << 20;

    /** How much is read after the answer, in bytes, and for how long at most. */
    private static final long FAREWELL = 64L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Request jetty;
    private @Nullable LimitedStream reader;

    RequestBody(Request jetty) {
        this.jetty = jetty;
    }

    /** @param limit bytes after which reading throws {@link BodyTooLarge} */
    InputStream stream(long limit) {
        reader = new LimitedStream(Request.asInputStream(jetty), limit, jetty.getLength());
        return reader;
    }

    /** Whether something may still come. */
    boolean isComing() {
        var read = reader;
        if (read != null && read.hasEnded()) {
            return false;
        }
        var waits = jetty.getHeaders().contains(HttpHeader.EXPECT) && (read == null || !read.hasBegun());
        return !waits && (jetty.getLength() > 0 || jetty.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    /** Whether all of it, read or not, is so short that the answer may wait for it. */
    boolean isShort() {
        return jetty.getLength() >= 0 && jetty.getLength() <= SHORT;
    }

    /** Reads the rest, to no end. */
    void discard() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var bytes = new byte[64 << 10];
        try {
            var rest = Request.asInputStream(jetty);
            long taken = 0;
            for (int count = 0; count >= 0 && taken < FAREWELL && System.nanoTime() < end; taken += count) {
                count = rest.read(bytes);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The rest of a body did not come: {0}", e.getMessage());
        }
    }
}
