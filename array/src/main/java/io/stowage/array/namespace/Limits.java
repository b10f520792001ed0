package io.stowage.array.namespace;

/**
 * What the transport can carry, as controllers tell their hosts.
 *
 * @param maxTransferBytes of one command, a power of two, 4096 or more
 * @param inCapsuleBytes data of an I/O command that may come with it, a multiple of 16
 * @param maxCommands that an I/O queue takes at once, 1 to 65535
 * @param eventRequests outstanding Asynchronous Event Requests, 1 to 256
 * @param abortRequests outstanding Abort commands, 1 to 256
 * @param keepAliveUnit granularity of keep-alive times, in 100 ms
 */
public record Limits(
        int maxTransferBytes,
        int inCapsuleBytes,
        int maxCommands,
        int eventRequests,
        int abortRequests,
        int keepAliveUnit) {
    public static final Limits DEFAULT = new Limits(1 << 20, 8192, 1024, 4, 4, 10);
}
