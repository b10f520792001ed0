package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.LoginStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One login as the initiator sees it, without I/O: send {@link #first}, hand each response to {@link #on}, and send
 * what it returns until it returns nothing. Owned by one thread. RFC 7143, section 6.3.
 *
 * <p>Without CHAP it starts in the operational stage, as an initiator without credentials may; everything is offered
 * in one request, which every target of note answers with one response.
 */
public final class InitiatorLogin {

    /** A request and its text. */
    public record Step(LoginRequest request, ByteBuffer text) {}

    private static final int TASK_TAG = 1;
    private static final int MAX_RESPONSES = 64;

    private final InitiatorIdentity identity;
    private final OfferingNegotiation negotiation;
    private final int cmdSn;
    private final Optional<InitiatorChap> chap;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int expStatSn;
    private int tsih;
    private int responses;
    private LoginStage stage;
    private Optional<Integer> portalGroupTag = Optional.empty();
    private Optional<String> targetAddress = Optional.empty();

    /** A login without authentication that has not begun. */
    public InitiatorLogin(InitiatorIdentity identity, Preferences preferences, int cmdSn) {
        this(identity, preferences, cmdSn, Optional.empty());
    }

    /**
     * A login that has not begun.
     *
     * @param cmdSn the number that the session's first command will have
     * @param chap how to authenticate, if it is to; then a login without it fails
     */
    public InitiatorLogin(
            InitiatorIdentity identity, Preferences preferences, int cmdSn, Optional<InitiatorChap> chap) {
        this.chap = chap;
        this.stage = chap.isPresent() ? LoginStage.SECURITY : LoginStage.OPERATIONAL;
        this.identity = identity;
        this.negotiation = new OfferingNegotiation(preferences, identity.type());
        this.cmdSn = cmdSn;
    }

    /** The leading request. */
    public Step first() {
        List<KeyValue> keys = new ArrayList<>();
        keys.add(new KeyValue(Keys.INITIATOR_NAME, identity.initiator()));
        if (identity.type() == SessionType.NORMAL) {
            keys.add(new KeyValue(Keys.TARGET_NAME, identity.target()));
            keys.add(new KeyValue(Keys.SESSION_TYPE, Keys.NORMAL));
        } else {
            keys.add(new KeyValue(Keys.SESSION_TYPE, Keys.DISCOVERY));
        }
        keys.addAll(chap.map(InitiatorChap::offer).orElseGet(negotiation::offer));
        return step(chap.isEmpty(), keys);
    }

    /**
     * Takes a response with its data segment.
     *
     * @return the next request, or nothing when the login is complete
     * @throws LoginFailure the target refused, with its status, or broke the protocol
     */
    public Optional<Step> on(LoginResponse response, ByteBuffer data) throws LoginFailure {
        if (++responses > MAX_RESPONSES) {
            throw new LoginFailure(LoginStatus.TARGET_ERROR, "more than " + MAX_RESPONSES + " login responses");
        }
        List<KeyValue> pairs = takeText(response, data);
        if (!response.status().isSuccess()) {
            throw new LoginFailure(response.status(), "the target refused the login: " + response.status());
        }
        expStatSn = response.counters().statSn() + 1;
        if (response.current() != stage) {
            throw new LoginFailure(
                    LoginStatus.TARGET_ERROR, "the target answered for stage " + response.current() + ", not " + stage);
        }
        if (response.continued()) {
            return Optional.of(step(false, List.of()));
        }
        return stage == LoginStage.SECURITY ? onSecurity(response, pairs) : onOperational(response);
    }

    private Optional<Step> onSecurity(LoginResponse response, List<KeyValue> pairs) throws LoginFailure {
        InitiatorChap proof = chap.orElseThrow();
        if (!response.transit()) {
            List<KeyValue> keys = proof.on(pairs);
            return Optional.of(step(proof.isLast(), keys));
        }
        proof.finish(pairs);
        if (response.next() != LoginStage.OPERATIONAL) {
            throw new LoginFailure(
                    LoginStatus.TARGET_ERROR, "the target goes on to stage " + response.next() + " unasked");
        }
        stage = LoginStage.OPERATIONAL;
        return Optional.of(step(true, negotiation.offer()));
    }

    private Optional<Step> onOperational(LoginResponse response) {
        if (!response.transit()) {
            return Optional.of(step(true, List.of()));
        }
        tsih = response.tsih();
        return Optional.empty();
    }

    /** What was agreed upon, when the login is complete. */
    public SessionParameters parameters() {
        return negotiation.parameters();
    }

    /** The handle that the target gave the session, 1 to 65535. */
    public int tsih() {
        return tsih;
    }

    /** ExpStatSN for the first PDU after the login. */
    public int expStatSn() {
        return expStatSn;
    }

    /** The tag of the portal's group, if the target told it. */
    public Optional<Integer> portalGroupTag() {
        return portalGroupTag;
    }

    /** Where a redirection leads. */
    public Optional<String> targetAddress() {
        return targetAddress;
    }

    private Step step(boolean transit, List<KeyValue> keys) {
        LoginRequest request = new LoginRequest(
                transit,
                false,
                stage,
                transit ? following(stage) : LoginStage.SECURITY,
                0,
                0,
                identity.isid(),
                identity.tsih(),
                TASK_TAG,
                identity.cid(),
                cmdSn,
                expStatSn);
        return new Step(request, KeyText.encode(keys));
    }

    private static LoginStage following(LoginStage stage) {
        return stage == LoginStage.SECURITY ? LoginStage.OPERATIONAL : LoginStage.FULL_FEATURE;
    }

    /** The pairs that are complete with this response. */
    private List<KeyValue> takeText(LoginResponse response, ByteBuffer data) throws LoginFailure {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        if (text.size() + bytes.length > KeyText.MAX_LENGTH) {
            throw new LoginFailure(
                    LoginStatus.TARGET_ERROR, "login text is longer than " + KeyText.MAX_LENGTH + " bytes");
        }
        text.writeBytes(bytes);
        if (response.continued()) {
            return List.of();
        }
        List<KeyValue> pairs;
        try {
            pairs = KeyText.parse(ByteBuffer.wrap(text.toByteArray()));
        } catch (IllegalArgumentException e) {
            throw new LoginFailure(LoginStatus.TARGET_ERROR, String.valueOf(e.getMessage()));
        }
        text.reset();
        for (KeyValue pair : pairs) {
            take(pair);
        }
        return pairs;
    }

    private void take(KeyValue pair) throws LoginFailure {
        switch (pair.key()) {
            case Keys.TARGET_PORTAL_GROUP_TAG -> portalGroupTag = Optional.of(ValueFormat.number(pair, 0, 65_535));
            case Keys.TARGET_ADDRESS -> targetAddress = Optional.of(pair.value());
            default -> negotiation.accept(pair);
        }
    }
}
