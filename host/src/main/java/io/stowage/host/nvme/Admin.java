package io.stowage.host.nvme;

import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.RemoteError;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Property;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a host asks of a controller through its admin queue, each question waiting for its answer. */
final class Admin {
    private static final int RETAIN_EVENT = 1 << 15;
    private static final int IDENTIFY_BYTES = 4096;

    /** How commands travel: alone on a queue at first, later beside others. */
    interface Way {
        /** Returns when the command was answered. */
        void carry(NvmeCommand command) throws IOException;
    }

    private final Way way;

    /** Over a queue that nobody else uses yet. */
    static Admin alone(Queue queue) {
        return new Admin(queue::runAlone);
    }

    /** Over a queue that has a reader. */
    static Admin beside(Queue queue) {
        return new Admin(command -> {
            if (!queue.run(command)) {
                throw new EOFException("the connection ended: " + queue.wire().epitaph());
            }
        });
    }

    private Admin(Way way) {
        this.way = way;
    }

    /** Carries a command out that has to succeed. @throws RemoteError it was refused */
    long require(NvmeCommand command) throws IOException {
        way.carry(command);
        if (!command.status().isSuccess()) {
            throw new RemoteError(
                    LinuxErrno.EIO,
                    "The controller refused the command 0x%02x: %s"
                            .formatted(command.entry.opcode(), command.status()));
        }
        return command.result();
    }

    long property(boolean wide, int offset) throws IOException {
        SubmissionEntry entry = new SubmissionEntry();
        Property.get(entry, wide, offset);
        return require(NvmeCommand.withoutData(entry));
    }

    void property(int offset, int value) throws IOException {
        SubmissionEntry entry = new SubmissionEntry();
        Property.set(entry, offset, value);
        require(NvmeCommand.withoutData(entry));
    }

    /** A structure of 4096 bytes. */
    ByteBuffer identify(int cns, int namespace) throws IOException {
        NvmeCommand command = identifying(cns, namespace, ByteBuffer.allocateDirect(IDENTIFY_BYTES));
        require(command);
        return answer(command);
    }

    /** The command that asks for a structure of 4096 bytes. */
    static NvmeCommand identifying(int cns, int namespace, ByteBuffer into) {
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .namespace(namespace)
                .dword(10, cns);
        return NvmeCommand.reading(entry, into);
    }

    /**
     * A piece of a log page.
     *
     * @param retain whether events of its kind stay masked
     * @param length bytes, a multiple of 4
     */
    ByteBuffer log(int page, boolean retain, long offset, int length) throws IOException {
        int dwords = length / Integer.BYTES - 1;
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(AdminOpcode.GET_LOG_PAGE)
                .namespace(0)
                .dword(10, page | (retain ? RETAIN_EVENT : 0) | dwords << 16)
                .dword(11, dwords >>> 16)
                .dwords(12, offset);
        NvmeCommand command = NvmeCommand.reading(entry, ByteBuffer.allocateDirect(length));
        require(command);
        return answer(command);
    }

    /** Sets a feature; gives dword 0 of the answer. */
    int feature(int id, int value) throws IOException {
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(AdminOpcode.SET_FEATURES)
                .dword(10, id)
                .dword(11, value);
        return (int) require(NvmeCommand.withoutData(entry));
    }

    /** What was received, little-endian. */
    static ByteBuffer answer(NvmeCommand command) {
        return command.data.slice(0, command.received()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
