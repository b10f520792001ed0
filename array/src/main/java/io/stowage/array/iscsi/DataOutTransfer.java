package io.stowage.array.iscsi;

import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.Sense;
import java.util.Optional;

/**
 * The write data of one command as it comes in: immediate, unsolicited, then one R2T after the other. Decides what of it
 * is wanted; holds no bytes. RFC 7143, sections 4.2.5.2 and 11.7. Owned by the connection's thread.
 *
 * <p>A fault doesn't end the transfer at once: what the initiator is about to send without being asked is passed over
 * first, as Linux doesn't stop when the command has failed.
 */
final class DataOutTransfer {
    /** Protocol service CRC error. RFC 7143, section 11.4.7.2. */
    static final Sense CRC_ERROR = new Sense(Sense.ABORTED_COMMAND, 0x4705);

    /** Data phase error. SPC-4, annex F. */
    private static final Sense DATA_PHASE_ERROR = new Sense(Sense.ABORTED_COMMAND, 0x4B00);

    /**
     * What to ask for next.
     *
     * @param tag the target transfer tag
     * @param sequence R2TSN
     */
    record Request(int tag, int sequence, int offset, int length) {}

    private final int wanted;
    private final int maxBurst;
    private final long maxUnsolicited;
    private boolean unsolicited;
    private int received;
    private int dataSn;
    private int r2tSn;
    private int tag = Pdu.RESERVED_TAG;
    private int burstEnd;
    private Optional<Sense> fault = Optional.empty();

    /**
     * The transfer of a command whose immediate data isn't counted yet.
     *
     * @param wanted bytes that are worth keeping, 0 when the command has failed already
     */
    DataOutTransfer(ScsiCommand command, SessionParameters parameters, int wanted) {
        this.wanted = wanted;
        this.maxBurst = parameters.maxBurstLength();
        this.maxUnsolicited = Math.min(command.expectedBytes(), parameters.firstBurstLength());
        this.unsolicited = command.write() && !command.isFinal();
        if (unsolicited && parameters.initialR2t()) {
            fail(Sense.UNEXPECTED_UNSOLICITED_DATA);
        }
    }

    /** Counts the immediate data. */
    void immediate(int length, SessionParameters parameters) {
        if (length > 0 && !parameters.immediateData() || length > maxUnsolicited) {
            fail(Sense.UNEXPECTED_UNSOLICITED_DATA);
        }
        received = length;
    }

    /**
     * Counts the data of a PDU.
     *
     * @return whether it is in order, so that what is wanted of it can be kept
     */
    boolean accept(DataOut pdu, int length) {
        boolean solicited = pdu.transferTag() != Pdu.RESERVED_TAG;
        boolean inOrder = pdu.dataSn() == dataSn && pdu.bufferOffset() == received && length >= 0;
        boolean expected = solicited
                ? pdu.transferTag() == tag && received + (long) length <= burstEnd
                : unsolicited && received + (long) length <= maxUnsolicited;
        if (!expected || !inOrder) {
            fail(DATA_PHASE_ERROR);
        } else {
            received += length;
            dataSn++;
        }
        if (pdu.isFinal()) {
            endSequence(solicited);
        }
        return fault.isEmpty();
    }

    /** Whether nothing more will come that wasn't asked for, and nothing is left to ask for. */
    boolean isComplete() {
        return !unsolicited && tag == Pdu.RESERVED_TAG && (fault.isPresent() || received >= wanted);
    }

    /** The next R2T, if it is time for one. */
    Optional<Request> nextRequest(int freshTag) {
        if (unsolicited || tag != Pdu.RESERVED_TAG || isComplete()) {
            return Optional.empty();
        }
        int length = Math.min(maxBurst, wanted - received);
        tag = freshTag;
        burstEnd = received + length;
        dataSn = 0;
        return Optional.of(new Request(tag, r2tSn++, received, length));
    }

    /** Bytes received so far, all of them in order. */
    int received() {
        return received;
    }

    /** R2Ts sent so far. */
    int requests() {
        return r2tSn;
    }

    /** Lets the command fail; for what went wrong besides the data. */
    void refuse(Sense sense) {
        fail(sense);
    }

    /** What went wrong, if anything. */
    Optional<Sense> fault() {
        return fault;
    }

    private void endSequence(boolean solicited) {
        if (solicited) {
            if (received < burstEnd) {
                fail(DATA_PHASE_ERROR);
            }
            tag = Pdu.RESERVED_TAG;
        } else {
            unsolicited = false;
        }
        dataSn = 0;
    }

    private void fail(Sense sense) {
        if (fault.isEmpty()) {
            fault = Optional.of(sense);
        }
    }
}
