package io.stowage.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.stream.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static final Isid ISID = new Isid(0x800000000001L);
    private static final String NAMES = "InitiatorName=iqn.i TargetName=iqn.t SessionType=Normal ";

    private final TargetLogin target = new TargetLogin(Preferences.DEFAULT, 3, who -> new NoAuthentication());

    /** What open-iscsi sends without credentials: everything in one request of the operational stage. */
    @Test
    void theLoginOfOpenIscsiIsAnsweredInOneResponse() throws LoginFailure {
        TargetLogin.Reply reply = target.on(
                request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE),
                text(NAMES + "HeaderDigest=None DataDigest=None DefaultTime2Wait=2 DefaultTime2Retain=0 IFMarker=No "
                        + "OFMarker=No ErrorRecoveryLevel=0 InitialR2T=No ImmediateData=Yes MaxBurstLength=16776192 "
                        + "FirstBurstLength=262144 MaxOutstandingR2T=1 MaxConnections=1 DataPDUInOrder=Yes "
                        + "DataSequenceInOrder=Yes MaxRecvDataSegmentLength=262144"));

        assertThat(reply.completes()).isTrue();
        assertThat(reply.keys().stream().map(KeyValue::toString))
                .containsExactlyInAnyOrder(
                        "TargetPortalGroupTag=3",
                        "HeaderDigest=None",
                        "DataDigest=None",
                        "DefaultTime2Wait=2",
                        "DefaultTime2Retain=0",
                        "IFMarker=No",
                        "OFMarker=No",
                        "ErrorRecoveryLevel=0",
                        "InitialR2T=No",
                        "ImmediateData=Yes",
                        "MaxBurstLength=1048576",
                        "FirstBurstLength=262144",
                        "MaxOutstandingR2T=1",
                        "MaxConnections=1",
                        "DataPDUInOrder=Yes",
                        "DataSequenceInOrder=Yes",
                        "MaxRecvDataSegmentLength=262144");
        assertThat(target.parameters())
                .isEqualTo(new SessionParameters(Digests.NONE, 262144, 262144, 1048576, 262144, false, true));
        assertThat(target.identity().initiator()).isEqualTo("iqn.i");
    }

    @Test
    void whatIsNotSaidKeepsTheDefaultOfTheRfc() throws LoginFailure {
        target.on(request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), text(NAMES));
        assertThat(target.parameters())
                .isEqualTo(new SessionParameters(Digests.NONE, 8192, 262144, 262144, 65536, true, true));
    }

    @Test
    void oneKeyPerRequestWithASecurityStageWorksToo() throws LoginFailure {
        TargetLogin.Reply security =
                target.on(request(LoginStage.SECURITY, LoginStage.OPERATIONAL), text(NAMES + "AuthMethod=CHAP,None"));
        assertThat(security.transit()).isTrue();
        assertThat(security.keys()).contains(new KeyValue("AuthMethod", "None"));
        assertThat(security.keys()).noneMatch(pair -> pair.key().equals("MaxRecvDataSegmentLength"));

        assertThat(target.on(stay(LoginStage.OPERATIONAL), text("HeaderDigest=CRC32C,None"))
                        .keys())
                .contains(new KeyValue("HeaderDigest", "CRC32C"), new KeyValue("MaxRecvDataSegmentLength", "262144"));
        assertThat(target.on(stay(LoginStage.OPERATIONAL), text("X-com.example=1"))
                        .keys())
                .containsExactly(new KeyValue("X-com.example", "NotUnderstood"));
        assertThat(target.on(request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), text(""))
                        .completes())
                .isTrue();
        assertThat(target.parameters().digests()).isEqualTo(new Digests(true, false));
    }

    @Test
    void textMayBeSpreadOverRequests() throws LoginFailure {
        ByteBuffer whole = text(NAMES + "MaxBurstLength=4096 FirstBurstLength=65536");
        LoginRequest continued =
                new LoginRequest(false, true, LoginStage.OPERATIONAL, LoginStage.SECURITY, 0, 0, ISID, 0, 1, 0, 1, 1);
        assertThat(target.on(continued, whole.slice(0, 20)).keys()).isEmpty();
        target.on(request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), whole.slice(20, whole.remaining() - 20));
        assertThat(target.parameters().maxBurstLength()).isEqualTo(4096);
        assertThat(target.parameters().firstBurstLength()).isEqualTo(4096);
    }

    @Test
    void scsiKeysAreIrrelevantInDiscovery() throws LoginFailure {
        TargetLogin.Reply reply = target.on(
                request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE),
                text("InitiatorName=iqn.i SessionType=Discovery InitialR2T=No HeaderDigest=None MaxBurstLength=512"));
        assertThat(reply.keys().stream().map(KeyValue::toString))
                .contains("InitialR2T=Irrelevant", "HeaderDigest=None", "MaxBurstLength=Irrelevant")
                .noneMatch(pair -> pair.startsWith("TargetPortalGroupTag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SessionType=Normal TargetName=iqn.t                      | 0x0207",
                "InitiatorName=iqn.i                                      | 0x0207",
                "InitiatorName=iqn.i SessionType=Odd                      | 0x0209",
                "InitiatorName=iqn.i TargetName=iqn.t MaxBurstLength=511  | 0x0200",
                "InitiatorName=iqn.i TargetName=iqn.t MaxBurstLength=x    | 0x0200",
                "InitiatorName=iqn.i TargetName=iqn.t InitialR2T=yes      | 0x0200",
                "InitiatorName=iqn.i TargetName=iqn.t IFMarker=No IFMarker=No | 0x0200",
                "InitiatorName=iqn.i TargetName=iqn.t nonsense            | 0x0200",
                "InitiatorName=iqn.i\u0007x TargetName=iqn.t                  | 0x0200"
            })
    void badTextIsRefusedWithTheRightStatus(String keys, String status) {
        assertThatThrownBy(
                        () -> target.on(request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), text(keys.strip())))
                .isInstanceOfSatisfying(
                        LoginFailure.class,
                        e -> assertThat(e.status().code()).isEqualTo(Integer.decode(status.strip())));
    }

    @Test
    void aLoginHasLimits() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 257; i++) {
            keys.append("X-").append(i).append("=1 ");
        }
        assertEnds(List.of(NAMES + keys));
        assertEnds(List.of(NAMES + "X-" + "k".repeat(62) + "=1"));
        assertEnds(List.of(NAMES + "X-long=" + "v".repeat(8193)));
        List<String> large = new ArrayList<>(List.of(NAMES));
        for (int i = 0; i < 10; i++) {
            large.add("X-" + i + "=" + "v".repeat(8000));
        }
        assertEnds(large);
        assertEnds(Collections.nCopies(65, ""));
    }

    private static void assertEnds(List<String> texts) {
        TargetLogin login = new TargetLogin(Preferences.DEFAULT, 3, who -> new NoAuthentication());
        assertThatThrownBy(() -> {
                    login.on(stay(LoginStage.OPERATIONAL), text(NAMES));
                    for (String each : texts) {
                        login.on(stay(LoginStage.OPERATIONAL), text(each));
                    }
                })
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.INITIATOR_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECURITY", "OPERATIONAL", "RESERVED"})
    void noTransitionLeadsBackOrToTheReservedStage(LoginStage next) {
        assertThatThrownBy(() -> target.on(request(LoginStage.OPERATIONAL, next), text(NAMES)))
                .isInstanceOf(LoginFailure.class);
    }

    @Test
    void theSecurityStageCantBePassedByWhenProofIsWanted() {
        SecurityStage strict = new SecurityStage() {
            @Override
            public List<KeyValue> answer(List<KeyValue> offered) {
                return List.of();
            }

            @Override
            public boolean isSatisfied() {
                return false;
            }
        };
        TargetLogin guarded = new TargetLogin(Preferences.DEFAULT, 1, who -> strict);
        assertThatThrownBy(() -> guarded.on(request(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), text(NAMES)))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.AUTHENTICATION_FAILURE));
    }

    @Test
    void bothSidesOfOursAgree() throws LoginFailure {
        InitiatorIdentity who = new InitiatorIdentity("iqn.i", "iqn.t", SessionType.NORMAL, ISID, 0, 0);
        Preferences digests = new Preferences(
                List.of(Keys.CRC32C), List.of(Keys.CRC32C, Keys.NONE), 65536, 131072, 32768, true, false);
        InitiatorLogin initiator = new InitiatorLogin(who, digests, 17);
        InitiatorLogin.Step step = initiator.first();
        TargetLogin.Reply reply = target.on(step.request(), step.text());
        Optional<InitiatorLogin.Step> more =
                initiator.on(response(reply, LoginStatus.SUCCESS), KeyText.encode(reply.keys()));

        assertThat(more).isEmpty();
        assertThat(step.request().cmdSn()).isEqualTo(17);
        assertThat(initiator.tsih()).isEqualTo(9);
        assertThat(initiator.expStatSn()).isEqualTo(101);
        assertThat(initiator.portalGroupTag()).contains(3);
        assertThat(initiator.parameters())
                .isEqualTo(new SessionParameters(new Digests(true, true), 262144, 65536, 131072, 32768, true, false));
        assertThat(target.parameters())
                .isEqualTo(new SessionParameters(new Digests(true, true), 65536, 262144, 131072, 32768, true, false));
    }

    @Test
    void aRefusalReachesTheInitiatorWithItsStatus() {
        InitiatorIdentity who = new InitiatorIdentity("iqn.i", "iqn.t", SessionType.NORMAL, ISID, 0, 0);
        InitiatorLogin initiator = new InitiatorLogin(who, Preferences.DEFAULT, 1);
        initiator.first();
        TargetLogin.Reply reply =
                new TargetLogin.Reply(false, LoginStage.OPERATIONAL, LoginStage.OPERATIONAL, List.of());
        assertThatThrownBy(() -> initiator.on(response(reply, LoginStatus.TARGET_NOT_FOUND), ByteBuffer.allocate(0)))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.TARGET_NOT_FOUND));
    }

    private static LoginResponse response(TargetLogin.Reply reply, LoginStatus status) {
        return new LoginResponse(
                reply.transit(), false, reply.current(), reply.next(), ISID, 9, 1, new Counters(100, 1, 32), status);
    }

    private static LoginRequest request(LoginStage current, LoginStage next) {
        return new LoginRequest(true, false, current, next, 0, 0, ISID, 0, 1, 0, 1, 1);
    }

    private static LoginRequest stay(LoginStage current) {
        return new LoginRequest(false, false, current, LoginStage.SECURITY, 0, 0, ISID, 0, 1, 0, 1, 1);
    }

    private static ByteBuffer text(String pairs) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(pairs.split(" +"))
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> text.append(pair).append('\0'));
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
