package io.stowage.host.rsync;

/**
 * What passed between two ends, in bytes of rsync's protocol.
 *
 * @param sent to the peer
 * @param received from the peer
 */
public record RsyncTraffic(long sent, long received) {
    long total() {
        return sent + received;
    }
}
