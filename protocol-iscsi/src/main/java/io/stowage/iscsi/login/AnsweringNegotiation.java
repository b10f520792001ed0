package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The target's side of the operational keys: answers what the initiator offers. RFC 7143, sections 6.2 and 13.
 *
 * <p>It originates nothing but MaxRecvDataSegmentLength, since open-iscsi fails a login over any other key.
 */
final class AnsweringNegotiation {
    private static final int MAX_SECONDS = 3600;

    private final Preferences preferences;
    private final SessionType type;
    private final Agreement agreement = new Agreement();
    private final Set<String> settled = new HashSet<>();

    AnsweringNegotiation(Preferences preferences, SessionType type) {
        this.preferences = preferences;
        this.type = type;
    }

    /** The answers to these keys, in an order that suits the initiator. */
    List<KeyValue> answer(List<KeyValue> offered) throws LoginFailure {
        List<KeyValue> answers = new ArrayList<>();
        // FirstBurstLength is bounded by MaxBurstLength, so that one comes first whatever the initiator's order.
        for (KeyValue pair : offered) {
            if (pair.key().equals(Keys.MAX_BURST_LENGTH)) {
                settle(pair, answers);
            }
        }
        for (KeyValue pair : offered) {
            if (!pair.key().equals(Keys.MAX_BURST_LENGTH)) {
                settle(pair, answers);
            }
        }
        return answers;
    }

    /** The declaration that goes with the first answers of the operational stage. */
    KeyValue declaration() {
        return new KeyValue(
                Keys.MAX_RECV_DATA_SEGMENT_LENGTH, Integer.toString(preferences.maxRecvDataSegmentLength()));
    }

    SessionParameters parameters() {
        return agreement.parameters(preferences.maxRecvDataSegmentLength());
    }

    private void settle(KeyValue pair, List<KeyValue> answers) throws LoginFailure {
        if (!settled.add(pair.key())) {
            throw new LoginFailure(LoginStatus.INITIATOR_ERROR, pair.key() + " was negotiated before in this login");
        }
        String answer = answerTo(pair);
        if (!answer.isEmpty()) {
            answers.add(new KeyValue(pair.key(), answer));
        }
    }

    /** The value of the answer; empty for declarations. */
    private String answerTo(KeyValue pair) throws LoginFailure {
        return switch (pair.key()) {
            case Keys.MAX_RECV_DATA_SEGMENT_LENGTH -> {
                agreement.maxSendLength = length(pair);
                yield "";
            }
            case Keys.HEADER_DIGEST -> {
                String choice = choose(pair, preferences.headerDigests());
                agreement.headerDigest = choice.equals(Keys.CRC32C);
                yield choice;
            }
            case Keys.DATA_DIGEST -> {
                String choice = choose(pair, preferences.dataDigests());
                agreement.dataDigest = choice.equals(Keys.CRC32C);
                yield choice;
            }
            case Keys.DEFAULT_TIME2WAIT -> Integer.toString(Math.max(ValueFormat.number(pair, 0, MAX_SECONDS), 2));
            case Keys.DEFAULT_TIME2RETAIN -> lowest(pair, 0, MAX_SECONDS);
            case Keys.ERROR_RECOVERY_LEVEL -> lowest(pair, 0, 2);
            case Keys.PROTOCOL_LEVEL -> Integer.toString(Math.min(ValueFormat.number(pair, 0, 31), 1));
            default -> type == SessionType.DISCOVERY ? answerInDiscovery(pair) : answerInNormal(pair);
        };
    }

    /** Keys about SCSI have no meaning in a discovery session. */
    private static String answerInDiscovery(KeyValue pair) {
        return switch (pair.key()) {
            case Keys.MAX_CONNECTIONS,
                    Keys.INITIAL_R2T,
                    Keys.IMMEDIATE_DATA,
                    Keys.MAX_BURST_LENGTH,
                    Keys.FIRST_BURST_LENGTH,
                    Keys.MAX_OUTSTANDING_R2T,
                    Keys.DATA_PDU_IN_ORDER,
                    Keys.DATA_SEQUENCE_IN_ORDER,
                    Keys.IF_MARKER,
                    Keys.OF_MARKER,
                    Keys.IF_MARK_INT,
                    Keys.OF_MARK_INT,
                    Keys.TASK_REPORTING -> Keys.IRRELEVANT;
            default -> Keys.NOT_UNDERSTOOD;
        };
    }

    private String answerInNormal(KeyValue pair) throws LoginFailure {
        return switch (pair.key()) {
            case Keys.MAX_BURST_LENGTH -> {
                agreement.maxBurstLength = Math.min(length(pair), preferences.maxBurstLength());
                yield Integer.toString(agreement.maxBurstLength);
            }
            case Keys.FIRST_BURST_LENGTH -> {
                agreement.firstBurstLength =
                        Math.min(Math.min(length(pair), preferences.firstBurstLength()), agreement.maxBurstLength);
                yield Integer.toString(agreement.firstBurstLength);
            }
            case Keys.INITIAL_R2T -> {
                agreement.initialR2t = ValueFormat.yesOrNo(pair) || preferences.initialR2t();
                yield ValueFormat.of(agreement.initialR2t);
            }
            case Keys.IMMEDIATE_DATA -> {
                agreement.immediateData = ValueFormat.yesOrNo(pair) && preferences.immediateData();
                yield ValueFormat.of(agreement.immediateData);
            }
            case Keys.MAX_CONNECTIONS -> lowest(pair, 1, 65_535);
            case Keys.MAX_OUTSTANDING_R2T -> lowest(pair, 1, 65_535);
            case Keys.DATA_PDU_IN_ORDER, Keys.DATA_SEQUENCE_IN_ORDER -> inOrder(pair);
            case Keys.IF_MARKER, Keys.OF_MARKER -> Keys.NO;
            // Obsolete in RFC 7143, 13.25: with markers off an interval has no meaning.
            case Keys.IF_MARK_INT, Keys.OF_MARK_INT -> Keys.IRRELEVANT;
            case Keys.TASK_REPORTING -> choose(pair, List.of("RFC3720"));
            default -> Keys.NOT_UNDERSTOOD;
        };
    }

    /** In order is all that error recovery level 0 with one R2T needs, so the answer is Yes to either value. */
    private static String inOrder(KeyValue pair) throws LoginFailure {
        ValueFormat.yesOrNo(pair);
        return Keys.YES;
    }

    /** The answer to a key whose function is the minimum, where this side supports only the lowest value. */
    private static String lowest(KeyValue pair, int min, int max) throws LoginFailure {
        ValueFormat.number(pair, min, max);
        return Integer.toString(min);
    }

    private static int length(KeyValue pair) throws LoginFailure {
        return ValueFormat.number(pair, ValueFormat.MIN_LENGTH, ValueFormat.MAX_LENGTH);
    }

    /** The initiator's first value that is acceptable here. RFC 7143, section 6.2.1. */
    private static String choose(KeyValue pair, List<String> acceptable) {
        return Arrays.stream(pair.value().split(",", -1))
                .filter(acceptable::contains)
                .findFirst()
                .orElse(Keys.REJECT);
    }
}
