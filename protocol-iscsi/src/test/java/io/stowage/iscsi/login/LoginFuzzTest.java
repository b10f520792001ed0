package io.stowage.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.LoginStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Login texts of anybody: answered, or refused with a login status, and never a way past CHAP. */
class LoginFuzzTest {
    private static final int INPUTS = Boolean.getBoolean("stowage.soak") ? 10_000_000 : 100_000;
    private static final Isid ISID = new Isid(0x800000000001L);
    private static final ChapSecrets SECRETS = new ChapSecrets(
            new ChapSecret("host", "secretofhost1"), Optional.of(new ChapSecret("array", "secretofarray1")));

    /** Longest text of one PDU during login. */
    private static final int MAX_TEXT = 8192;

    /** One request of a recorded login. */
    private record Said(LoginStage stage, boolean transit, String text) {}

    private static final String NAMES = "InitiatorName=iqn.i\0TargetName=iqn.t\0SessionType=Normal\0";
    private static final String OPERATIONAL = "HeaderDigest=CRC32C,None\0DataDigest=None\0DefaultTime2Wait=2\0"
            + "DefaultTime2Retain=0\0IFMarker=No\0OFMarker=No\0ErrorRecoveryLevel=0\0InitialR2T=No\0"
            + "ImmediateData=Yes\0MaxBurstLength=16776192\0FirstBurstLength=262144\0MaxOutstandingR2T=1\0"
            + "MaxConnections=1\0DataPDUInOrder=Yes\0DataSequenceInOrder=Yes\0MaxRecvDataSegmentLength=262144\0"
            + "X-com.example.Key=1\0";

    private static final List<List<Said>> RECORDED = List.of(
            List.of(new Said(LoginStage.OPERATIONAL, true, NAMES + OPERATIONAL)),
            List.of(
                    new Said(LoginStage.SECURITY, true, NAMES + "AuthMethod=None\0"),
                    new Said(LoginStage.OPERATIONAL, true, OPERATIONAL)),
            List.of(
                    new Said(LoginStage.SECURITY, false, NAMES + "AuthMethod=CHAP,None\0"),
                    new Said(LoginStage.SECURITY, false, "CHAP_A=8,7,6,5\0"),
                    new Said(
                            LoginStage.SECURITY,
                            true,
                            "CHAP_N=host\0CHAP_R=0x00112233445566778899aabbccddeeff\0CHAP_I=7\0CHAP_C=0bAAECAwQF\0"),
                    new Said(LoginStage.OPERATIONAL, true, OPERATIONAL)),
            List.of(new Said(
                    LoginStage.OPERATIONAL, true, "InitiatorName=iqn.i\0SessionType=Discovery\0HeaderDigest=None\0")));

    @Test
    void loginsOfAnybodyAreAnsweredOrRefused() {
        Random random = new Random(21);
        int requests = 0;
        int completed = 0;
        while (requests < INPUTS) {
            boolean guarded = random.nextBoolean();
            TargetLogin login = new TargetLogin(
                    Preferences.DEFAULT,
                    1,
                    who -> guarded
                            ? new TargetChap(SECRETS, who.type() == SessionType.NORMAL, random)
                            : new NoAuthentication());
            List<Said> said = new ArrayList<>(RECORDED.get(random.nextInt(RECORDED.size())));
            if (random.nextInt(8) == 0) {
                said.add(random.nextInt(said.size() + 1), said.get(random.nextInt(said.size())));
            }
            try {
                for (Said one : said) {
                    requests++;
                    TargetLogin.Reply reply = login.on(request(one, random), text(one.text(), random));
                    assertThat(KeyText.encode(reply.keys()).remaining()).isLessThanOrEqualTo(MAX_TEXT);
                    if (reply.completes()) {
                        completed++;
                        assertThat(guarded && login.identity().type() == SessionType.NORMAL)
                                .as("nobody here knows the secret")
                                .isFalse();
                        login.parameters();
                    }
                }
            } catch (LoginFailure refused) {
                assertThat(refused.status().isSuccess()).isFalse();
                assertThat(refused.getMessage()).doesNotContain("secretofhost1", "secretofarray1");
            }
        }
        assertThat(completed).as("some logins stay good enough").isGreaterThan(INPUTS / 100);
    }

    @Test
    void answersOfAnybodyAreTakenOrRefused() {
        Random random = new Random(22);
        InitiatorIdentity who = new InitiatorIdentity("iqn.i", "iqn.t", SessionType.NORMAL, ISID, 0, 0);
        String[] recorded = {
            "TargetPortalGroupTag=1\0AuthMethod=CHAP\0",
            "CHAP_A=5\0CHAP_I=1\0CHAP_C=0x00112233445566778899aabbccddeeff\0",
            "CHAP_N=array\0CHAP_R=0x00112233445566778899aabbccddeeff\0",
            OPERATIONAL.replace("CRC32C,None", "CRC32C").replace("16776192", "262144")
        };
        int responses = 0;
        while (responses < INPUTS) {
            boolean guarded = random.nextBoolean();
            Optional<InitiatorChap> chap = guarded
                    ? Optional.of(new InitiatorChap(SECRETS, InitiatorChap.ALGORITHMS, random))
                    : Optional.empty();
            InitiatorLogin login = new InitiatorLogin(who, Preferences.DEFAULT, 1, chap);
            try {
                Optional<InitiatorLogin.Step> step = Optional.of(login.first());
                for (int i = guarded ? 0 : 3; step.isPresent(); i = Math.min(i + 1, 3)) {
                    responses++;
                    LoginResponse response = response(step.get().request(), i, random);
                    step = login.on(response, text(recorded[i], random));
                }
                assertThat(guarded).as("no target here knows the secret").isFalse();
                login.parameters();
            } catch (LoginFailure refused) {
                assertThat(refused.getMessage()).doesNotContain("secretofhost1", "secretofarray1");
            }
        }
    }

    private static LoginRequest request(Said said, Random random) {
        LoginStage[] stages = LoginStage.values();
        boolean odd = random.nextInt(40) == 0;
        LoginStage current = odd ? stages[random.nextInt(4)] : said.stage();
        LoginStage next = said.stage() == LoginStage.SECURITY && random.nextInt(10) > 0
                ? LoginStage.OPERATIONAL
                : LoginStage.FULL_FEATURE;
        return new LoginRequest(
                said.transit() ^ random.nextInt(40) == 0,
                random.nextInt(40) == 0,
                current,
                odd ? stages[random.nextInt(4)] : next,
                0,
                random.nextInt(100) == 0 ? 1 : 0,
                ISID,
                0,
                1,
                0,
                1,
                1);
    }

    private static LoginResponse response(LoginRequest request, int step, Random random) {
        LoginStage[] stages = LoginStage.values();
        boolean odd = random.nextInt(20) == 0;
        boolean transit = (step >= 2) ^ random.nextInt(20) == 0;
        return new LoginResponse(
                transit,
                random.nextInt(30) == 0,
                odd ? stages[random.nextInt(4)] : request.current(),
                odd ? stages[random.nextInt(4)] : request.next(),
                ISID,
                1,
                1,
                new Counters(random.nextInt(), random.nextInt(), random.nextInt()),
                random.nextInt(50) == 0 ? new LoginStatus(random.nextInt(0x400)) : LoginStatus.SUCCESS);
    }

    /** The text as it is, with bytes changed, keys repeated, left out or made long, or noise. */
    private static ByteBuffer text(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 3 -> bytes = text.repeat(2).getBytes(StandardCharsets.UTF_8);
            case 4 -> bytes = without(text, random).getBytes(StandardCharsets.UTF_8);
            case 5 -> {
                String longer = text.replaceFirst("=", "=" + "7".repeat(random.nextInt(9000)));
                bytes = longer.getBytes(StandardCharsets.UTF_8);
            }
            case 6 -> {
                if (random.nextInt(4) == 0) {
                    bytes = new byte[random.nextInt(MAX_TEXT)];
                    random.nextBytes(bytes);
                }
            }
            default -> {}
        }
        return ByteBuffer.wrap(bytes.length > MAX_TEXT ? Arrays.copyOf(bytes, MAX_TEXT) : bytes);
    }

    private static String without(String text, Random random) {
        List<String> keys = new ArrayList<>(Arrays.asList(text.split("\0")));
        keys.remove(random.nextInt(keys.size()));
        return String.join("\0", keys) + "\0";
    }
}
