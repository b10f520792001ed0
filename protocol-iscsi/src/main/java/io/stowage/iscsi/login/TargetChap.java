package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * CHAP as the target sees it: the initiator proves that it knows its secret, and may ask the target for the same. One
 * attempt, with a challenge of its own; a second one needs a new connection. RFC 7143, section 12.1.3.
 */
public final class TargetChap implements SecurityStage {
    /** RFC 7143, section 12.1.3: CHAP_C must not exceed it. */
    static final int MAX_CHALLENGE = 1024;

    private static final int CHALLENGE = 32;
    private static final int IDENTIFIERS = 256;

    private enum State {
        METHOD,
        ALGORITHM,
        RESPONSE,
        /** Both sides are content without a proof, which only happens when none is required. */
        WAIVED,
        PROVEN
    }

    private final ChapSecrets secrets;
    private final boolean required;
    private final int identifier;
    private final byte[] challenge = new byte[CHALLENGE];
    private State state = State.METHOD;
    private ChapAlgorithm algorithm = ChapAlgorithm.MD5;

    /**
     * A stage that has not begun.
     *
     * @param required whether the initiator has to prove who it is; otherwise it may choose to, or pass by
     * @param random a cryptographically strong source
     */
    public TargetChap(ChapSecrets secrets, boolean required, RandomGenerator random) {
        this.secrets = secrets;
        this.required = required;
        this.identifier = random.nextInt(IDENTIFIERS);
        random.nextBytes(challenge);
    }

    @Override
    public List<KeyValue> answer(List<KeyValue> offered) throws LoginFailure {
        if (offered.isEmpty()) {
            return List.of();
        }
        ChapKeys keys = new ChapKeys(offered);
        return switch (state) {
            case METHOD -> method(keys.only(Set.of(Keys.AUTH_METHOD)));
            case ALGORITHM -> algorithm(keys.only(Set.of(Keys.CHAP_A)));
            case RESPONSE -> response(keys);
            case WAIVED, PROVEN ->
                throw new LoginFailure(LoginStatus.INITIATOR_ERROR, "the security stage has nothing left to settle");
        };
    }

    @Override
    public boolean isSatisfied() {
        return state == State.PROVEN || !required && (state == State.METHOD || state == State.WAIVED);
    }

    private List<KeyValue> method(ChapKeys keys) throws LoginFailure {
        for (String method : keys.value(Keys.AUTH_METHOD).split(",", -1)) {
            if (method.equals(Keys.CHAP)) {
                state = State.ALGORITHM;
                return List.of(new KeyValue(Keys.AUTH_METHOD, Keys.CHAP));
            }
            if (method.equals(Keys.NONE) && !required) {
                state = State.WAIVED;
                return List.of(new KeyValue(Keys.AUTH_METHOD, Keys.NONE));
            }
        }
        throw refusal("the initiator must authenticate with CHAP, which it doesn't offer");
    }

    private List<KeyValue> algorithm(ChapKeys keys) throws LoginFailure {
        algorithm = ChapAlgorithm.firstOf(keys.value(Keys.CHAP_A))
                .orElseThrow(() -> refusal("the initiator offers no algorithm of CHAP that is known here"));
        state = State.RESPONSE;
        return List.of(
                new KeyValue(Keys.CHAP_A, Integer.toString(algorithm.number())),
                new KeyValue(Keys.CHAP_I, Integer.toString(identifier)),
                new KeyValue(Keys.CHAP_C, BinaryValue.encode(challenge)));
    }

    private List<KeyValue> response(ChapKeys keys) throws LoginFailure {
        boolean mutual = keys.has(Keys.CHAP_C) || keys.has(Keys.CHAP_I);
        keys.only(
                mutual ? Set.of(Keys.CHAP_N, Keys.CHAP_R, Keys.CHAP_I, Keys.CHAP_C) : Set.of(Keys.CHAP_N, Keys.CHAP_R));
        verify(keys);
        List<KeyValue> answers = new ArrayList<>();
        if (mutual) {
            answers.addAll(ownProof(keys));
        }
        state = State.PROVEN;
        return answers;
    }

    /** Takes the same time whatever is wrong, and doesn't tell what. */
    private void verify(ChapKeys keys) throws LoginFailure {
        byte[] expected = algorithm.response(identifier, secrets.initiator(), challenge);
        byte[] received = BinaryValue.parse(keys.get(Keys.CHAP_R), MAX_CHALLENGE);
        boolean named = MessageDigest.isEqual(bytes(secrets.initiator().user()), bytes(keys.value(Keys.CHAP_N)));
        boolean proven = MessageDigest.isEqual(expected, received);
        if (!(named & proven)) {
            throw refusal("the initiator's name or response for CHAP is wrong");
        }
    }

    private List<KeyValue> ownProof(ChapKeys keys) throws LoginFailure {
        int theirs = ValueFormat.number(keys.get(Keys.CHAP_I), 0, IDENTIFIERS - 1);
        byte[] asked = BinaryValue.parse(keys.get(Keys.CHAP_C), MAX_CHALLENGE);
        if (Arrays.equals(asked, challenge)) {
            throw refusal("the initiator sends the target's challenge back");
        }
        if (secrets.areTheSame()) {
            throw refusal("mutual CHAP needs different secrets for the two directions");
        }
        ChapSecret own = secrets.target()
                .orElseThrow(() -> refusal("the initiator wants mutual CHAP, for which the target has no secret"));
        return List.of(
                new KeyValue(Keys.CHAP_N, own.user()),
                new KeyValue(Keys.CHAP_R, BinaryValue.encode(algorithm.response(theirs, own, asked))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LoginFailure refusal(String why) {
        return new LoginFailure(LoginStatus.AUTHENTICATION_FAILURE, why);
    }
}
