package io.stowage.iscsi.login;

import io.stowage.iscsi.stream.Digests;

/**
 * What both sides agreed upon. One connection, error recovery level 0, one outstanding R2T and data in order are
 * always part of it.
 *
 * @param maxSendLength longest data segment the peer takes, bytes
 * @param maxReceiveLength longest data segment this side takes, bytes
 * @param maxBurstLength bytes of one Data-In sequence or one R2T
 * @param firstBurstLength bytes of immediate and unsolicited data together
 * @param initialR2t no unsolicited Data-Out PDUs; immediate data is not touched by this
 * @param immediateData data may come in the command's PDU
 */
public record SessionParameters(
        Digests digests,
        int maxSendLength,
        int maxReceiveLength,
        int maxBurstLength,
        int firstBurstLength,
        boolean initialR2t,
        boolean immediateData) {}
