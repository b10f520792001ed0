package io.stowage.host.iscsi;

import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorChap;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.InitiatorLogin;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.TargetPdu;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import io.stowage.iscsi.stream.ProtocolViolation;
import io.stowage.model.Portal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Optional;

/** Logs in over a fresh connection. Blocks without a limit of its own: whoever watches closes the channel. */
final class Login {
    private static final int FIRST_CMD_SN = 1;
    private static final int READ_AHEAD = 320 * 1024;
    private static final int WRITE_BEHIND = 128 * 1024;

    private Login() {}

    /**
     * Logs in.
     *
     * @param secrets with them, the initiator authenticates and takes no target that doesn't want it to
     * @throws LoginFailure the target refused
     */
    static LoggedIn perform(
            Portal portal, SocketChannel channel, InitiatorIdentity identity, Optional<ChapSecrets> secrets)
            throws IOException, LoginFailure {
        Preferences wishes = Preferences.DEFAULT;
        PduReader reader = new PduReader(channel, READ_AHEAD, wishes.maxRecvDataSegmentLength());
        PduWriter writer = new PduWriter(channel, WRITE_BEHIND);
        Optional<InitiatorChap> chap =
                secrets.map(known -> new InitiatorChap(known, InitiatorChap.ALGORITHMS, new SecureRandom()));
        InitiatorLogin login = new InitiatorLogin(identity, wishes, FIRST_CMD_SN, chap);
        Optional<InitiatorLogin.Step> step = Optional.of(login.first());
        int maxCmdSn = FIRST_CMD_SN;
        while (step.isPresent()) {
            writer.add(step.get().request(), step.get().text());
            writer.flush();
            if (!reader.next()) {
                throw new EOFException("portal " + portal + " closed the connection during login");
            }
            if (!(TargetPdu.parse(reader.header()) instanceof LoginResponse response)) {
                throw new ProtocolViolation("portal " + portal + " answered the login with another PDU");
            }
            ByteBuffer text = reader.data();
            step = login.on(response, text);
            maxCmdSn = response.counters().maxCmdSn();
        }
        reader.negotiated(login.parameters().digests(), login.parameters().maxReceiveLength());
        writer.negotiated(login.parameters().digests());
        return new LoggedIn(
                portal, channel, reader, writer, login.parameters(), FIRST_CMD_SN, login.expStatSn(), maxCmdSn);
    }
}
