package io.stowage.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.LoginStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CHAP, with digests computed here and not by the code under test. */
class ChapTest {
    private static final Isid ISID = new Isid(0x800000000001L);
    private static final String USER = "host-user";
    private static final String SECRET = "the host's secret";
    private static final ChapSecret OURS = new ChapSecret("array-user", "the array's secret");
    private static final ChapSecrets MUTUAL = new ChapSecrets(new ChapSecret(USER, SECRET), Optional.of(OURS));

    private final TargetLogin target = login(MUTUAL, true);

    /** Identifier 27h, secret "twelve chars", challenge 00h to 0Fh; digests by Python's hashlib. */
    @ParameterizedTest
    @CsvSource({
        "MD5,9a37d61966eacd5569b67f1ea1daa200",
        "SHA1,acab134dee55d03feb5237d9264703bae97b0ee4",
        "SHA256,fb6e3dda0328df5e284d94b5e01ca07adc050a922ee19b42ecae788eee07b1db",
        "SHA3_256,69e98d7ed4b5ec7c32b841504647b25a588717bc3b37d3c4be098e4bd3194d62"
    })
    void responsesAreAsTheRfcHasThem(ChapAlgorithm algorithm, String expected) {
        byte[] challenge = new byte[16];
        for (int i = 0; i < challenge.length; i++) {
            challenge[i] = (byte) i;
        }
        assertThat(algorithm.response(0x27, new ChapSecret("", "twelve chars"), challenge))
                .isEqualTo(HexFormat.of().parseHex(expected))
                .hasSize(algorithm.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hex", "base64"})
    void theRightResponseLeadsOn(String form) throws Exception {
        Map<String, String> asked = untilChallenge("5");
        assertThat(asked).containsEntry("CHAP_A", "5").containsKeys("CHAP_I", "CHAP_C");
        assertThat(asked.get("CHAP_C")).matches("0x([0-9a-f]{2}){16,1024}");
        byte[] proof = md5(asked, SECRET);
        TargetLogin.Reply reply = answer(USER, form.equals("hex") ? "0X" + hex(proof) : base64(proof), "");
        assertThat(reply.transit()).isTrue();
        assertThat(reply.next()).isEqualTo(LoginStage.OPERATIONAL);
        assertThat(reply.keys()).isEmpty();
        assertThat(target.on(request(LoginStage.OPERATIONAL, true), text("HeaderDigest=None"))
                        .completes())
                .isTrue();
    }

    @Test
    void theTargetProvesItselfWhenAsked() throws Exception {
        Map<String, String> asked = untilChallenge("5");
        byte[] challenge = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        TargetLogin.Reply reply =
                answer(USER, "0x" + hex(md5(asked, SECRET)), "CHAP_I=255\0CHAP_C=" + base64(challenge));
        assertThat(reply.transit()).isTrue();
        assertThat(map(reply.keys()))
                .containsEntry("CHAP_N", "array-user")
                .containsEntry("CHAP_R", "0x" + hex(md5(255, "the array's secret", challenge)));
    }

    /** Numbers are whole: 56 is no 5. The first that is known wins. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"8,7,6,5|8", "4,56,7|7", "6,5|6", "5|5"})
    void theInitiatorsFirstKnownAlgorithmIsTaken(String offered, String chosen) throws Exception {
        assertThat(untilChallenge(offered)).containsEntry("CHAP_A", chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "56", "05", "4,9", " 5", "5x"})
    void unknownAlgorithmsFail(String offered) {
        assertRefused(0x0201, () -> untilChallenge(offered));
    }

    @Test
    void everyLoginHasItsOwnChallenge() throws Exception {
        Random random = new Random(3);
        TargetChap one = new TargetChap(MUTUAL, true, random);
        TargetChap other = new TargetChap(MUTUAL, true, random);
        for (TargetChap each : List.of(one, other)) {
            each.answer(List.of(new KeyValue("AuthMethod", "CHAP")));
        }
        KeyValue offer = new KeyValue("CHAP_A", "5");
        assertThat(map(one.answer(List.of(offer))).get("CHAP_C"))
                .isNotEqualTo(map(other.answer(List.of(offer))).get("CHAP_C"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-use", "host-user ", "Host-User", "array-user", ""})
    void anotherNameFailsWithTheRightSecret(String name) {
        assertRefused(0x0201, () -> answer(name, "0x" + hex(md5(untilChallenge("5"), SECRET)), ""));
    }

    @Test
    void aNameThatLooksLikeANumberIsText() throws Exception {
        for (String name : List.of("0x686f7374", "0bSG9zdA==", "0")) {
            TargetLogin login = login(new ChapSecrets(new ChapSecret(name, SECRET), Optional.empty()), true);
            Map<String, String> asked = untilChallenge(login, "5");
            assertThat(answer(login, name, "0x" + hex(md5(asked, SECRET)), "").transit())
                    .isTrue();
        }
    }

    @Test
    void aWrongResponseEndsTheLogin() throws Exception {
        Map<String, String> asked = untilChallenge("5");
        assertRefused(0x0201, () -> answer(USER, "0x" + hex(md5(asked, "another secret")), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "0b", "0xabc", "0xzz", "0b*", "abcd", "", "5", "0b=", "0x 1"})
    void whatIsNoBinaryValueFails(String value) throws Exception {
        untilChallenge("5");
        assertRefused(0x0200, () -> answer(USER, value, ""));
    }

    @Test
    void longBinaryValuesFail() throws Exception {
        String response = "0x" + hex(md5(untilChallenge("5"), SECRET));
        assertRefused(0x0200, () -> answer(USER, base64(new byte[1025]), ""));
        assertRefused(0x0201, () -> answer(login(MUTUAL, true), base64(new byte[1024])));
        assertRefused(0x0201, () -> answer(login(MUTUAL, true), response + "00"));
        String tooLong = "CHAP_I=1\0CHAP_C=0x" + "ab".repeat(1025);
        TargetLogin again = login(MUTUAL, true);
        Map<String, String> asked = untilChallenge(again, "5");
        assertRefused(0x0200, () -> answer(again, USER, "0x" + hex(md5(asked, SECRET)), tooLong));
    }

    @Test
    void itsOwnChallengeIsNotAnswered() throws Exception {
        Map<String, String> asked = untilChallenge("5");
        String reflected = "CHAP_I=" + value(asked, "CHAP_I") + "\0CHAP_C="
                + value(asked, "CHAP_C").replaceFirst("^0x", "0X");
        assertRefused(0x0201, () -> answer(USER, "0x" + hex(md5(asked, SECRET)), reflected));
    }

    @Test
    void oneSecretForBothDirectionsIsNotUsed() throws Exception {
        TargetLogin login = login(
                new ChapSecrets(new ChapSecret(USER, SECRET), Optional.of(new ChapSecret("array-user", SECRET))), true);
        Map<String, String> asked = untilChallenge(login, "5");
        assertRefused(0x0201, () -> answer(login, USER, "0x" + hex(md5(asked, SECRET)), "CHAP_I=1\0CHAP_C=0x01"));
    }

    @Test
    void withoutASecretOfItsOwnTheTargetRefusesToProve() throws Exception {
        TargetLogin login = login(new ChapSecrets(new ChapSecret(USER, SECRET), Optional.empty()), true);
        Map<String, String> asked = untilChallenge(login, "5");
        assertRefused(0x0201, () -> answer(login, USER, "0x" + hex(md5(asked, SECRET)), "CHAP_I=1\0CHAP_C=0x01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHAP_I=1",
                "CHAP_C=0x01",
                "CHAP_A=5",
                "CHAP_N=host-user",
                "AuthMethod=CHAP",
                "CHAP_I=256\0CHAP_C=0x01"
            })
    void keysOutOfTurnFail(String more) throws Exception {
        Map<String, String> asked = untilChallenge("5");
        assertRefused(0x0200, () -> answer(USER, "0x" + hex(md5(asked, SECRET)), more));
    }

    @Test
    void aSecondUserInTheSameLoginFails() throws Exception {
        Map<String, String> asked = untilChallenge("5");
        String proof = "CHAP_N=" + USER + "\0CHAP_R=0x" + hex(md5(asked, SECRET));
        target.on(request(LoginStage.SECURITY, false), text(proof));
        assertRefused(0x0200, () -> target.on(request(LoginStage.SECURITY, true), text(proof)));
    }

    @Test
    void nothingButChapWillDo() {
        for (String offer : List.of("None", "KRB5,None", "CHAPS", "chap", "")) {
            assertRefused(
                    0x0201,
                    () -> login(MUTUAL, true)
                            .on(request(LoginStage.SECURITY, true), text(NAMES + "AuthMethod=" + offer)));
        }
        assertRefused(0x0201, () -> login(MUTUAL, true).on(request(LoginStage.SECURITY, true), text(NAMES)));
        assertRefused(0x0201, () -> login(MUTUAL, true).on(request(LoginStage.OPERATIONAL, true), text(NAMES)));
    }

    @Test
    void theStageCantBeLeftHalfway() throws Exception {
        TargetLogin.Reply reply = target.on(request(LoginStage.SECURITY, true), text(NAMES + "AuthMethod=CHAP,None"));
        assertThat(reply.transit()).as("asked for too early").isFalse();
        assertRefused(0x0200, () -> target.on(request(LoginStage.OPERATIONAL, true), text("HeaderDigest=None")));
    }

    @Test
    void whereNoProofIsRequiredTheInitiatorChooses() throws Exception {
        assertThat(login(MUTUAL, false)
                        .on(request(LoginStage.OPERATIONAL, true), text(NAMES))
                        .completes())
                .isTrue();
        assertThat(login(MUTUAL, false)
                        .on(request(LoginStage.SECURITY, true), text(NAMES + "AuthMethod=None,CHAP"))
                        .transit())
                .isTrue();
        TargetLogin login = login(MUTUAL, false);
        Map<String, String> asked = untilChallenge(login, "5");
        assertRefused(0x0201, () -> answer(login, USER, "0x" + hex(md5(asked, "another secret")), ""));
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesOfOursAgree(ChapAlgorithm algorithm) throws Exception {
        InitiatorLogin initiator = initiator(MUTUAL, algorithm);
        converse(initiator, target);
        assertThat(initiator.tsih()).isEqualTo(9);
        assertThat(initiator.parameters().maxSendLength()).isEqualTo(262144);
    }

    @Test
    void theInitiatorLeavesATargetThatIsAnImpostor() {
        ChapSecrets others =
                new ChapSecrets(MUTUAL.initiator(), Optional.of(new ChapSecret("array-user", "guessed secret")));
        assertRefused(0x0201, () -> converse(initiator(MUTUAL, ChapAlgorithm.SHA256), login(others, true)));
        ChapSecrets renamed = new ChapSecrets(MUTUAL.initiator(), Optional.of(new ChapSecret("else", OURS.password())));
        assertRefused(0x0201, () -> converse(initiator(MUTUAL, ChapAlgorithm.SHA256), login(renamed, true)));
    }

    @Test
    void theInitiatorLeavesATargetThatWantsNoProof() {
        TargetLogin open = new TargetLogin(Preferences.DEFAULT, 1, who -> new SecurityStage() {
            @Override
            public List<KeyValue> answer(List<KeyValue> offered) {
                return List.of(new KeyValue("AuthMethod", "None"));
            }

            @Override
            public boolean isSatisfied() {
                return true;
            }
        });
        assertRefused(0x0201, () -> converse(initiator(MUTUAL, ChapAlgorithm.MD5), open));
    }

    @Test
    void secretsStandInNoText() {
        assertThat(MUTUAL.toString()).contains(USER, "array-user").doesNotContain(SECRET, OURS.password());
    }

    private static final String NAMES = "InitiatorName=iqn.i\0TargetName=iqn.t\0SessionType=Normal\0";

    private static TargetLogin login(ChapSecrets secrets, boolean required) {
        return new TargetLogin(Preferences.DEFAULT, 1, who -> new TargetChap(secrets, required, new Random(1)));
    }

    private static InitiatorLogin initiator(ChapSecrets secrets, ChapAlgorithm algorithm) {
        InitiatorIdentity who = new InitiatorIdentity("iqn.i", "iqn.t", SessionType.NORMAL, ISID, 0, 0);
        return new InitiatorLogin(
                who,
                Preferences.DEFAULT,
                1,
                Optional.of(new InitiatorChap(secrets, List.of(algorithm), new Random(2))));
    }

    private static void converse(InitiatorLogin initiator, TargetLogin with) throws LoginFailure {
        Optional<InitiatorLogin.Step> step = Optional.of(initiator.first());
        while (step.isPresent()) {
            TargetLogin.Reply reply = with.on(step.get().request(), step.get().text());
            LoginResponse response = new LoginResponse(
                    reply.transit(),
                    false,
                    reply.current(),
                    reply.next(),
                    ISID,
                    9,
                    1,
                    new Counters(100, 1, 32),
                    LoginStatus.SUCCESS);
            step = initiator.on(response, KeyText.encode(reply.keys()));
        }
    }

    private Map<String, String> untilChallenge(String algorithms) throws LoginFailure {
        return untilChallenge(target, algorithms);
    }

    private static Map<String, String> untilChallenge(TargetLogin login, String algorithms) throws LoginFailure {
        TargetLogin.Reply method = login.on(request(LoginStage.SECURITY, false), text(NAMES + "AuthMethod=CHAP,None"));
        assertThat(method.transit()).isFalse();
        assertThat(map(method.keys())).containsEntry("AuthMethod", "CHAP").containsKey("TargetPortalGroupTag");
        return map(login.on(request(LoginStage.SECURITY, false), text("CHAP_A=" + algorithms))
                .keys());
    }

    private TargetLogin.Reply answer(String name, String response, String more) throws LoginFailure {
        return answer(target, name, response, more);
    }

    private static void answer(TargetLogin login, String response) throws LoginFailure {
        untilChallenge(login, "5");
        answer(login, USER, response, "");
    }

    private static TargetLogin.Reply answer(TargetLogin login, String name, String response, String more)
            throws LoginFailure {
        return login.on(
                request(LoginStage.SECURITY, true), text("CHAP_N=" + name + "\0CHAP_R=" + response + "\0" + more));
    }

    private static LoginRequest request(LoginStage current, boolean transit) {
        LoginStage next = current == LoginStage.SECURITY ? LoginStage.OPERATIONAL : LoginStage.FULL_FEATURE;
        return new LoginRequest(transit, false, current, next, 0, 0, ISID, 0, 1, 0, 1, 1);
    }

    private static ByteBuffer text(String keys) {
        return ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> map(List<KeyValue> keys) {
        return keys.stream().collect(Collectors.toMap(KeyValue::key, KeyValue::value));
    }

    private static byte[] md5(Map<String, String> asked, String secret) throws NoSuchAlgorithmException {
        byte[] challenge = HexFormat.of().parseHex(value(asked, "CHAP_C").substring(2));
        return md5(Integer.parseInt(value(asked, "CHAP_I")), secret, challenge);
    }

    private static byte[] md5(int identifier, String secret, byte[] challenge) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        digest.update((byte) identifier);
        digest.update(secret.getBytes(StandardCharsets.UTF_8));
        return digest.digest(challenge);
    }

    private static String value(Map<String, String> keys, String key) {
        return Objects.requireNonNull(keys.get(key), key);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return "0b" + Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertRefused(int status, ThrowingCallable login) {
        assertThatThrownBy(login)
                .hasMessageNotContainingAny(SECRET, OURS.password())
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status().code()).isEqualTo(status));
    }
}
