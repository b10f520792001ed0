package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a connection begins: sections and figures of TCP Transport 1.0 (TCP). Section 3.4.1; figures 21 and 22. */
class InitializationTest extends TargetOnTheWire {
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void digestsAreWhatTheHostAsksFor(boolean header, boolean data) throws IOException {
        var host = opened(new TestHost(portal()));
        var response = host.initialize(new Digests(header, data), 0);
        assertThat(response.version()).isZero();
        assertThat(response.digests()).isEqualTo(new Digests(header, data));
        assertThat(response.alignment()).isZero(); // Linux refuses others
        assertThat(response.maxHostData()).isGreaterThanOrEqualTo(4096);
        assertThat(response.maxHostData() % 4).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,0,8", "0,32,10"})
    void unsupportedParametersEndTheConnection(int version, int alignment, int field) throws IOException {
        var host = opened(new TestHost(portal()));
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        new ConnectionRequest(version, alignment, Digests.NONE, 0).write(bytes);
        host.sendRaw(bytes.flip());
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.UNSUPPORTED_PARAMETER);
        assertThat(end.information()).isEqualTo(field);
        assertThat(end.header().remaining()).isEqualTo(128); // TCP figure 24: the header that was wrong
    }

    @Test
    void aCommandBeforeInitializationIsASequenceError() throws IOException {
        var host = opened(new TestHost(portal()));
        host.send(new SubmissionEntry());
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    @Test
    void asSoonAsASecondInitializationIs() throws IOException {
        var host = host();
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        new ConnectionRequest(0, 0, Digests.NONE, 0).write(bytes);
        host.sendRaw(bytes.flip());
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    /** TCP figure 20: what hosts don't send; HLEN of figure 21. */
    @ParameterizedTest
    @CsvSource({"01,80,0", "05,18,0", "07,18,0", "09,18,0", "08,18,0", "ff,18,0", "00,48,2", "04,18,2"})
    void wrongHeadersAreNamedByTheirField(String type, String length, int field) throws IOException {
        var host = opened(new TestHost(portal()));
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) Integer.parseInt(type, 16))
                .put(2, (byte) Integer.parseInt(length, 16))
                .putInt(4, 128);
        host.sendRaw(bytes);
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.INVALID_HEADER_FIELD);
        assertThat(end.information()).isEqualTo(field);
    }

    @Test
    void aWrongHeaderDigestEndsTheConnection() throws IOException {
        var host = opened(new TestHost(portal()));
        host.initialize(new Digests(true, false), 0);
        var bytes = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.CAPSULE_CMD)
                .put(1, (byte) 1)
                .put(2, (byte) 72)
                .putInt(4, 76);
        host.sendRaw(bytes);
        assertThat(host.termination().error()).contains(FatalError.HEADER_DIGEST_ERROR);
    }

    /** TCP 3.3.1: the flag says that a digest is there. */
    @Test
    void aMissingHeaderDigestEndsTheConnection() throws IOException {
        var host = opened(new TestHost(portal()));
        host.initialize(new Digests(true, false), 0);
        var bytes = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.CAPSULE_CMD).put(2, (byte) 72).putInt(4, 76);
        host.sendRaw(bytes);
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.INVALID_HEADER_FIELD);
        assertThat(end.information()).isEqualTo(1);
    }

    @Test
    void whoNeverConnectsIsSentAway() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMinutes(2))));
        assertThat(opened(new TestHost(portal())).isEnded()).isTrue();
        assertThat(host().isEnded()).isTrue();
    }

    @Test
    void aHostMayEndTheConnection() throws IOException {
        var host = host();
        var bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.H2C_TERM_REQ).put(2, (byte) 24).putInt(4, 24);
        host.sendRaw(bytes);
        assertThat(host.isEnded()).isTrue();
    }
}
