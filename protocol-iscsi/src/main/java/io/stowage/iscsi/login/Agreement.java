package io.stowage.iscsi.login;

import io.stowage.iscsi.stream.Digests;

/** The operational values as they stand while a login runs; begins with the RFC's defaults (section 13). */
final class Agreement {
    boolean headerDigest;
    boolean dataDigest;
    int maxSendLength = 8192;
    int maxBurstLength = 262_144;
    int firstBurstLength = 65_536;
    boolean initialR2t = true;
    boolean immediateData = true;

    SessionParameters parameters(int maxReceiveLength) {
        return new SessionParameters(
                new Digests(headerDigest, dataDigest),
                maxSendLength,
                maxReceiveLength,
                maxBurstLength,
                Math.min(firstBurstLength, maxBurstLength),
                initialR2t,
                immediateData);
    }
}
