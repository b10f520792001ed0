package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.util.ArrayList;
import java.util.List;

/** The initiator's side of the operational keys: makes the offer and takes the answers. RFC 7143, section 13. */
final class OfferingNegotiation {
    private final Preferences preferences;
    private final SessionType type;
    private final Agreement agreement = new Agreement();

    OfferingNegotiation(Preferences preferences, SessionType type) {
        this.preferences = preferences;
        this.type = type;
    }

    /** Everything this side wants to settle, for one login request. */
    List<KeyValue> offer() {
        List<KeyValue> keys = new ArrayList<>();
        add(keys, Keys.HEADER_DIGEST, String.join(",", preferences.headerDigests()));
        add(keys, Keys.DATA_DIGEST, String.join(",", preferences.dataDigests()));
        add(keys, Keys.MAX_RECV_DATA_SEGMENT_LENGTH, Integer.toString(preferences.maxRecvDataSegmentLength()));
        add(keys, Keys.DEFAULT_TIME2WAIT, "2");
        add(keys, Keys.DEFAULT_TIME2RETAIN, "0");
        add(keys, Keys.ERROR_RECOVERY_LEVEL, "0");
        if (type == SessionType.NORMAL) {
            add(keys, Keys.MAX_BURST_LENGTH, Integer.toString(preferences.maxBurstLength()));
            add(keys, Keys.FIRST_BURST_LENGTH, Integer.toString(preferences.firstBurstLength()));
            add(keys, Keys.INITIAL_R2T, ValueFormat.of(preferences.initialR2t()));
            add(keys, Keys.IMMEDIATE_DATA, ValueFormat.of(preferences.immediateData()));
            add(keys, Keys.MAX_CONNECTIONS, "1");
            add(keys, Keys.MAX_OUTSTANDING_R2T, "1");
            add(keys, Keys.DATA_PDU_IN_ORDER, Keys.YES);
            add(keys, Keys.DATA_SEQUENCE_IN_ORDER, Keys.YES);
        }
        return keys;
    }

    /** Takes one pair of the target's answer. Keys it doesn't know are the caller's. */
    void accept(KeyValue pair) throws LoginFailure {
        if (pair.value().equals(Keys.IRRELEVANT) || pair.value().equals(Keys.NOT_UNDERSTOOD)) {
            return;
        }
        switch (pair.key()) {
            case Keys.HEADER_DIGEST -> agreement.headerDigest = isDigest(pair, preferences.headerDigests());
            case Keys.DATA_DIGEST -> agreement.dataDigest = isDigest(pair, preferences.dataDigests());
            case Keys.MAX_RECV_DATA_SEGMENT_LENGTH ->
                agreement.maxSendLength = ValueFormat.number(pair, ValueFormat.MIN_LENGTH, ValueFormat.MAX_LENGTH);
            case Keys.MAX_BURST_LENGTH ->
                agreement.maxBurstLength =
                        ValueFormat.number(pair, ValueFormat.MIN_LENGTH, preferences.maxBurstLength());
            case Keys.FIRST_BURST_LENGTH ->
                agreement.firstBurstLength =
                        ValueFormat.number(pair, ValueFormat.MIN_LENGTH, preferences.firstBurstLength());
            case Keys.INITIAL_R2T -> agreement.initialR2t = ValueFormat.yesOrNo(pair) || preferences.initialR2t();
            case Keys.IMMEDIATE_DATA ->
                agreement.immediateData = ValueFormat.yesOrNo(pair) && preferences.immediateData();
            case Keys.MAX_CONNECTIONS, Keys.MAX_OUTSTANDING_R2T -> ValueFormat.number(pair, 1, 1);
            case Keys.ERROR_RECOVERY_LEVEL -> ValueFormat.number(pair, 0, 0);
            case Keys.DATA_PDU_IN_ORDER, Keys.DATA_SEQUENCE_IN_ORDER -> {
                if (!ValueFormat.yesOrNo(pair)) {
                    throw ValueFormat.invalid(pair, "must be Yes, since Yes was offered");
                }
            }
            default -> {}
        }
    }

    SessionParameters parameters() {
        return agreement.parameters(preferences.maxRecvDataSegmentLength());
    }

    private static boolean isDigest(KeyValue pair, List<String> offered) throws LoginFailure {
        if (!offered.contains(pair.value())) {
            throw new LoginFailure(
                    LoginStatus.INITIATOR_ERROR,
                    "the target answered %s, offered were %s".formatted(pair, String.join(",", offered)));
        }
        return pair.value().equals(Keys.CRC32C);
    }

    private static void add(List<KeyValue> keys, String key, String value) {
        keys.add(new KeyValue(key, value));
    }
}
