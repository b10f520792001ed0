package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.LoginStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One login as the target sees it: takes requests, gives replies, without I/O. Owned by the connection's thread. RFC
 * 7143, section 6.3.
 *
 * <p>Stages go from security (which may be passed by) over operational (likewise) to full feature. A reply never
 * leaves the stage before the security stage is satisfied.
 */
public final class TargetLogin {

    /** Decides who may log in. */
    public interface Gate {
        /**
         * Looks at the names in the first request.
         *
         * @return the security stage for this initiator
         * @throws LoginFailure the target is unknown or not visible to the initiator
         */
        SecurityStage admit(InitiatorIdentity identity) throws LoginFailure;
    }

    /**
     * What to answer to one request.
     *
     * @param transit whether the login goes on to {@code next} now
     * @param keys the reply's text
     */
    public record Reply(boolean transit, LoginStage current, LoginStage next, List<KeyValue> keys) {
        public Reply {
            keys = List.copyOf(keys);
        }

        /** Whether the login is over with this reply. */
        public boolean completes() {
            return transit && next == LoginStage.FULL_FEATURE;
        }
    }

    private static final int MAX_REQUESTS = 64;

    /** Bytes of text in all requests together, and keys: an ordinary login has some 600 and 20. */
    private static final int MAX_TEXT = 64 * 1024;

    private static final int MAX_KEYS = 256;

    /** Bytes of text that every initiator takes in one response during login. RFC 7143, section 13.12. */
    private static final int MAX_REPLY = 8192;

    private static final int MAX_NAME_LENGTH = 223;
    private static final Set<String> SECURITY_KEYS = Set.of(
            Keys.AUTH_METHOD, Keys.CHAP_A, Keys.CHAP_I, Keys.CHAP_C, Keys.CHAP_N, Keys.CHAP_R, "KRB_AP_REQ", "SRP_U");

    private final Preferences preferences;
    private final int portalGroupTag;
    private final Gate gate;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private @Nullable InitiatorIdentity identity;
    private SecurityStage security = new NoAuthentication();
    private AnsweringNegotiation negotiation;
    private @Nullable LoginStage stage;
    private boolean declared;
    private int requests;
    private int received;
    private int keys;

    public TargetLogin(Preferences preferences, int portalGroupTag, Gate gate) {
        this.preferences = preferences;
        this.portalGroupTag = portalGroupTag;
        this.gate = gate;
        this.negotiation = new AnsweringNegotiation(preferences, SessionType.NORMAL);
    }

    /**
     * The reply to a request with its data segment.
     *
     * @throws LoginFailure the login is over; send its status and close the connection
     */
    public Reply on(LoginRequest request, ByteBuffer data) throws LoginFailure {
        checkStage(request);
        received += data.remaining();
        if (received > MAX_TEXT) {
            throw failure("the texts of the login are longer than " + MAX_TEXT + " bytes");
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        text.writeBytes(bytes);
        if (request.continued()) {
            return new Reply(false, request.current(), request.current(), List.of());
        }
        List<KeyValue> pairs = takeText();
        keys += pairs.size();
        if (keys > MAX_KEYS) {
            throw failure("more than " + MAX_KEYS + " keys in a login");
        }
        List<KeyValue> answers = new ArrayList<>();
        if (identity == null) {
            identify(request, pairs, answers);
        }
        if (request.current() == LoginStage.SECURITY) {
            answerSecurity(request, pairs, answers);
        } else {
            answerOperational(pairs, answers);
        }
        if (KeyText.encode(answers).remaining() > MAX_REPLY) {
            throw failure("the answer to all these keys is longer than " + MAX_REPLY + " bytes");
        }
        boolean transit = request.transit() && security.isSatisfied();
        LoginStage next = transit ? request.next() : request.current();
        stage = next;
        return new Reply(transit, request.current(), next, answers);
    }

    /** Who logs in; known after the first reply. */
    public InitiatorIdentity identity() {
        if (identity == null) {
            throw new IllegalStateException("no login request was answered yet");
        }
        return identity;
    }

    /** The outcome, when the login is complete. */
    public SessionParameters parameters() {
        return negotiation.parameters();
    }

    private void checkStage(LoginRequest request) throws LoginFailure {
        if (++requests > MAX_REQUESTS) {
            throw failure("more than " + MAX_REQUESTS + " login requests");
        }
        if (request.versionMin() > 0) {
            throw new LoginFailure(
                    LoginStatus.UNSUPPORTED_VERSION, "the initiator's lowest version is " + request.versionMin());
        }
        LoginStage current = request.current();
        boolean expected =
                stage == null ? current == LoginStage.SECURITY || current == LoginStage.OPERATIONAL : current == stage;
        if (!expected) {
            throw failure("login request for stage " + current + " came out of turn");
        }
        if (request.transit() && request.continued()) {
            throw failure("a login request can't both continue and transit");
        }
        if (request.transit()
                && (request.next() == LoginStage.RESERVED || request.next().compareTo(current) <= 0)) {
            throw failure("no transition leads from stage " + current + " to " + request.next());
        }
    }

    private List<KeyValue> takeText() throws LoginFailure {
        try {
            return KeyText.parse(ByteBuffer.wrap(text.toByteArray()));
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()));
        } finally {
            text.reset();
        }
    }

    private void identify(LoginRequest request, List<KeyValue> pairs, List<KeyValue> answers) throws LoginFailure {
        SessionType type = switch (declaredValue(pairs, Keys.SESSION_TYPE)) {
            case "", Keys.NORMAL -> SessionType.NORMAL;
            case Keys.DISCOVERY -> SessionType.DISCOVERY;
            default ->
                throw new LoginFailure(LoginStatus.UNSUPPORTED_SESSION_TYPE, "SessionType must be Normal or Discovery");
        };
        String initiator = declaredValue(pairs, Keys.INITIATOR_NAME);
        String target = declaredValue(pairs, Keys.TARGET_NAME);
        if (initiator.isEmpty() || type == SessionType.NORMAL && target.isEmpty()) {
            throw new LoginFailure(
                    LoginStatus.MISSING_PARAMETER,
                    "the first login request lacks " + (initiator.isEmpty() ? Keys.INITIATOR_NAME : Keys.TARGET_NAME));
        }
        InitiatorIdentity who =
                new InitiatorIdentity(initiator, target, type, request.isid(), request.tsih(), request.cid());
        security = gate.admit(who);
        if (request.current() != LoginStage.SECURITY && !security.isSatisfied()) {
            throw new LoginFailure(
                    LoginStatus.AUTHENTICATION_FAILURE,
                    initiator + " passed by the security stage, but must authenticate");
        }
        negotiation = new AnsweringNegotiation(preferences, type);
        identity = who;
        if (type == SessionType.NORMAL) {
            answers.add(new KeyValue(Keys.TARGET_PORTAL_GROUP_TAG, Integer.toString(portalGroupTag)));
        }
    }

    private static String declaredValue(List<KeyValue> pairs, String key) throws LoginFailure {
        List<String> values = pairs.stream()
                .filter(pair -> pair.key().equals(key))
                .map(KeyValue::value)
                .toList();
        if (values.size() > 1) {
            throw failure(key + " is given more than once");
        }
        String value = values.isEmpty() ? "" : values.getFirst();
        if (value.length() > MAX_NAME_LENGTH) {
            throw failure(key + " is longer than " + MAX_NAME_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw failure(key + " has control characters");
        }
        return value;
    }

    private void answerSecurity(LoginRequest request, List<KeyValue> pairs, List<KeyValue> answers)
            throws LoginFailure {
        List<KeyValue> offered = negotiable(pairs);
        for (KeyValue pair : offered) {
            if (!SECURITY_KEYS.contains(pair.key())) {
                throw failure(pair.key() + " does not belong into the security stage");
            }
        }
        answers.addAll(security.answer(offered));
        if (request.transit() && offered.isEmpty() && !security.isSatisfied()) {
            throw new LoginFailure(
                    LoginStatus.AUTHENTICATION_FAILURE,
                    identity().initiator() + " wants to leave the security stage, but must authenticate");
        }
    }

    private void answerOperational(List<KeyValue> pairs, List<KeyValue> answers) throws LoginFailure {
        List<KeyValue> offered = negotiable(pairs);
        answers.addAll(negotiation.answer(offered));
        if (!declared && !offered.isEmpty()) {
            declared = true;
            answers.add(negotiation.declaration());
        }
    }

    /** What is left when the declarations about the session are taken out. */
    private static List<KeyValue> negotiable(List<KeyValue> pairs) {
        return pairs.stream()
                .filter(pair -> switch (pair.key()) {
                    case Keys.INITIATOR_NAME, Keys.INITIATOR_ALIAS, Keys.TARGET_NAME, Keys.SESSION_TYPE -> false;
                    default -> true;
                })
                .toList();
    }

    private static LoginFailure failure(String message) {
        return new LoginFailure(LoginStatus.INITIATOR_ERROR, message);
    }
}
