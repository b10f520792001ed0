package io.stowage.host.nvme;

import io.stowage.nvme.pdu.Digests;
import java.time.Duration;

/**
 * How a host uses NVMe/TCP.
 *
 * @param queues I/O queues of a controller, 1 to 8; the controller may grant fewer
 * @param queueDepth commands of one queue at a time, 1 to 255; the controller may allow fewer
 * @param keepAlive KATO: after this time without a sign of life controller and host give each other up
 * @param slack added to the time after which an old controller must have ended, for what is on its way
 * @param digests what is asked for; the controller has to agree
 * @param flowControl whether submission queues have flow control, as they have with Linux; not all controllers can do
 *     without, and those that can save a response for each read
 */
public record NvmeOptions(
        int queues, int queueDepth, Duration keepAlive, Duration slack, Digests digests, boolean flowControl) {
    /** For real networks; Linux keeps alive at the same pace. */
    public static final NvmeOptions DEFAULT =
            new NvmeOptions(2, 64, Duration.ofSeconds(5), Duration.ofSeconds(1), Digests.NONE, true);

    public NvmeOptions {
        if (queues < 1 || queues > 8) {
            throw new IllegalArgumentException(queues + " queues: must be 1 to 8");
        }
        if (queueDepth < 1 || queueDepth > 255) {
            throw new IllegalArgumentException("queue depth " + queueDepth + ": must be 1 to 255");
        }
        if (keepAlive.toMillis() < 100) {
            throw new IllegalArgumentException("keep-alive time " + keepAlive + ": must be 100 ms or more");
        }
    }

    /** The same with other times. */
    public NvmeOptions withTimes(Duration newKeepAlive, Duration newSlack) {
        return new NvmeOptions(queues, queueDepth, newKeepAlive, newSlack, digests, flowControl);
    }

    /** The same with other digests. */
    public NvmeOptions withDigests(Digests wanted) {
        return new NvmeOptions(queues, queueDepth, keepAlive, slack, wanted, flowControl);
    }

    /** The same without flow control of submission queues. */
    public NvmeOptions withoutFlowControl() {
        return new NvmeOptions(queues, queueDepth, keepAlive, slack, digests, false);
    }
}
