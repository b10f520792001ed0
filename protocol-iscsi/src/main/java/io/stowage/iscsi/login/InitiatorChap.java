package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * CHAP as the initiator sees it: offers nothing else, proves that it knows its secret and, when it knows the target's,
 * has the target prove the same. RFC 7143, section 12.1.3. Owned by one thread, for one login.
 */
public final class InitiatorChap {
    /**
     * What every target of note reads alike. 7 is left out: tgt takes it for SHA-1, as a draft once had it.
     */
    public static final List<ChapAlgorithm> ALGORITHMS =
            List.of(ChapAlgorithm.SHA3_256, ChapAlgorithm.SHA1, ChapAlgorithm.MD5);

    private static final int IDENTIFIERS = 256;

    private enum State {
        METHOD,
        ALGORITHM,
        RESPONSE,
        DONE
    }

    private final ChapSecrets secrets;
    private final List<ChapAlgorithm> algorithms;
    private final int identifier;
    private final byte[] challenge;
    private State state = State.METHOD;
    private ChapAlgorithm algorithm = ChapAlgorithm.MD5;

    /**
     * An exchange that has not begun.
     *
     * @param algorithms to offer, best first
     * @param random a cryptographically strong source
     */
    public InitiatorChap(ChapSecrets secrets, List<ChapAlgorithm> algorithms, RandomGenerator random) {
        this.secrets = secrets;
        this.algorithms = List.copyOf(algorithms);
        this.identifier = random.nextInt(IDENTIFIERS);
        this.challenge = new byte[32];
        random.nextBytes(challenge);
    }

    /** What the first request of the login offers. */
    List<KeyValue> offer() {
        return List.of(new KeyValue(Keys.AUTH_METHOD, Keys.CHAP));
    }

    /** Takes the target's keys and gives what to send next. */
    List<KeyValue> on(List<KeyValue> pairs) throws LoginFailure {
        ChapKeys keys = new ChapKeys(pairs);
        return switch (state) {
            case METHOD -> {
                if (!keys.value(Keys.AUTH_METHOD).equals(Keys.CHAP)) {
                    throw refusal("the target doesn't take part in CHAP");
                }
                state = State.ALGORITHM;
                yield List.of(new KeyValue(Keys.CHAP_A, ChapAlgorithm.offer(algorithms)));
            }
            case ALGORITHM -> {
                state = State.RESPONSE;
                yield respond(keys);
            }
            case RESPONSE, DONE -> throw refusal("the target wants more than one proof");
        };
    }

    /** Whether the request just given is the last of this stage. */
    boolean isLast() {
        return state == State.RESPONSE;
    }

    /** Takes the keys with which the target ends the stage. */
    void finish(List<KeyValue> pairs) throws LoginFailure {
        if (state != State.RESPONSE) {
            throw refusal("the target ends the security stage without CHAP");
        }
        if (secrets.target().isPresent()) {
            ChapKeys keys = new ChapKeys(pairs);
            ChapSecret theirs = secrets.target().get();
            byte[] expected = algorithm.response(identifier, theirs, challenge);
            byte[] received = BinaryValue.parse(keys.get(Keys.CHAP_R), TargetChap.MAX_CHALLENGE);
            boolean named = MessageDigest.isEqual(bytes(theirs.user()), bytes(keys.value(Keys.CHAP_N)));
            if (!(named & MessageDigest.isEqual(expected, received))) {
                throw refusal("the target's name or response for CHAP is wrong");
            }
        }
        state = State.DONE;
    }

    private List<KeyValue> respond(ChapKeys keys) throws LoginFailure {
        algorithm = ChapAlgorithm.firstOf(keys.value(Keys.CHAP_A))
                .filter(algorithms::contains)
                .orElseThrow(() -> refusal("the target chose an algorithm of CHAP that was not offered"));
        int theirs = ValueFormat.number(keys.get(Keys.CHAP_I), 0, IDENTIFIERS - 1);
        byte[] asked = BinaryValue.parse(keys.get(Keys.CHAP_C), TargetChap.MAX_CHALLENGE);
        if (Arrays.equals(asked, challenge) || secrets.areTheSame()) {
            throw refusal("mutual CHAP needs different challenges and secrets for the two directions");
        }
        List<KeyValue> answer = new ArrayList<>();
        answer.add(new KeyValue(Keys.CHAP_N, secrets.initiator().user()));
        answer.add(
                new KeyValue(Keys.CHAP_R, BinaryValue.encode(algorithm.response(theirs, secrets.initiator(), asked))));
        if (secrets.target().isPresent()) {
            answer.add(new KeyValue(Keys.CHAP_I, Integer.toString(identifier)));
            answer.add(new KeyValue(Keys.CHAP_C, BinaryValue.encode(challenge)));
        }
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LoginFailure refusal(String why) {
        return new LoginFailure(LoginStatus.AUTHENTICATION_FAILURE, why);
    }
}
