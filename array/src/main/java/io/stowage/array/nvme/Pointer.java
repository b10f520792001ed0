package io.stowage.array.nvme;

import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The rules for data pointers over TCP. TCP Transport 1.0, section 3.3; Base 2.0, section 4.1.2.2. */
final class Pointer {
    private Pointer() {}

    /**
     * What is wrong with a command's data pointer.
     *
     * @param inCapsule bytes of data in its capsule
     */
    static Optional<Status> fault(SubmissionEntry entry, int inCapsule) {
        if (!entry.pointsBySgl()) {
            return Optional.of(Status.INVALID_FIELD);
        }
        if (entry.sglLength() == 0) {
            return Optional.empty();
        }
        return switch (entry.sglForm()) {
            case SubmissionEntry.BY_TRANSPORT -> Optional.empty();
            case SubmissionEntry.IN_CAPSULE -> {
                long offset = entry.sglOffset();
                yield offset < 0 || offset > inCapsule || entry.sglLength() > inCapsule - offset
                        ? Optional.of(Status.SGL_OFFSET_INVALID)
                        : Optional.empty();
            }
            default -> Optional.of(Status.SGL_TYPE_INVALID);
        };
    }

    static boolean isInCapsule(SubmissionEntry entry) {
        return entry.sglLength() > 0 && entry.sglForm() == SubmissionEntry.IN_CAPSULE;
    }

    /**
     * The data that a capsule brings for its command, until the next PDU is read.
     *
     * @throws DataDigestError they are damaged
     */
    static ByteBuffer inCapsule(SubmissionEntry entry, PduReader reader) throws IOException {
        ByteBuffer data = reader.data();
        return data.slice(data.position() + (int) entry.sglOffset(), (int) entry.sglLength());
    }
}
