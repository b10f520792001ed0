package io.stowage.array.iscsi;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.scsi.Nexus;
import io.stowage.iscsi.login.ChapSecret;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.NoAuthentication;
import io.stowage.iscsi.login.SecurityStage;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.login.TargetChap;
import io.stowage.iscsi.login.TargetLogin;
import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.InitiatorPdu;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import io.stowage.iscsi.stream.ProtocolViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** The login of one connection. Owned by its thread. */
final class LoginPhase {
    private static final int WRITE_BUFFER = 32 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a discovery session has for a handle; it is in no table. */
    private static final int DISCOVERY_TSIH = 1;

    private final Connection connection;
    private final Surroundings surroundings;
    private final PduReader reader;
    private final PduWriter writer;
    private final TargetLogin login;
    private int statSn = 1;

    LoginPhase(Connection connection, PduReader reader) {
        this.connection = connection;
        this.surroundings = connection.surroundings();
        this.reader = reader;
        this.writer = new PduWriter(connection.wire(), WRITE_BUFFER);
        this.login =
                new TargetLogin(surroundings.preferences(), connection.portal().number(), this::admit);
    }

    /** Answers requests until the login is complete; nothing if the initiator leaves before. */
    Optional<FullFeature> run() throws IOException, LoginFailure {
        while (reader.next()) {
            if (!(InitiatorPdu.parse(reader.header()) instanceof LoginRequest request)) {
                throw new ProtocolViolation("a PDU that isn't a login request came before the login was complete");
            }
            try {
                TargetLogin.Reply reply = login.on(request, reader.data());
                if (reply.completes()) {
                    return Optional.of(complete(request, reply));
                }
                send(request, reply, LoginStatus.SUCCESS, request.tsih());
            } catch (LoginFailure e) {
                TargetLogin.Reply refusal =
                        new TargetLogin.Reply(false, request.current(), request.current(), List.of());
                send(request, refusal, e.status(), request.tsih());
                throw e;
            }
        }
        return Optional.empty();
    }

    private FullFeature complete(LoginRequest request, TargetLogin.Reply reply) throws IOException, LoginFailure {
        connection.markNegotiated();
        InitiatorIdentity identity = login.identity();
        if (identity.tsih() != 0) {
            // Not before the initiator has proven who it is: this ends a session.
            refuseJoining(identity);
        }
        Optional<Session> session =
                identity.type() == SessionType.NORMAL ? Optional.of(openSession(identity)) : Optional.empty();
        boolean served = false;
        try {
            send(request, reply, LoginStatus.SUCCESS, session.map(Session::tsih).orElse(DISCOVERY_TSIH));
            reader.negotiated(
                    login.parameters().digests(), surroundings.preferences().maxRecvDataSegmentLength());
            FullFeature service =
                    new FullFeature(connection, reader, identity, session, login.parameters(), request.cmdSn(), statSn);
            served = true;
            return service;
        } finally {
            if (!served) {
                session.ifPresent(this::forget);
            }
        }
    }

    private Session openSession(InitiatorIdentity identity) throws LoginFailure {
        Target target = target(identity);
        Nexus nexus = target.nexuses()
                .enter(
                        identity.initiator(),
                        identity.isid().value(),
                        connection.portal().number());
        try {
            return target.sessions().open(identity, connection, target, nexus);
        } catch (LoginFailure e) {
            target.nexuses().leave(nexus);
            throw e;
        }
    }

    private void forget(Session session) {
        session.target().nexuses().leave(session.nexus());
        session.target().sessions().close(session);
    }

    /**
     * Any initiator may log in: it sees the units that are connected to its host object, if there are any. If that has
     * credentials, the initiator has to prove that it is the host.
     */
    private SecurityStage admit(InitiatorIdentity identity) throws LoginFailure {
        if (connection.isSurplus()) {
            throw new LoginFailure(LoginStatus.OUT_OF_RESOURCES, "the target has as many connections as it takes");
        }
        return candidates(identity).stream()
                .flatMap(target -> target.units().credentialsOf(identity.initiator()).stream())
                .findFirst()
                .<SecurityStage>map(credentials -> chap(credentials, identity.type()))
                .orElseGet(NoAuthentication::new);
    }

    /** The target that is asked for; any that knows the initiator when it only wants to discover. */
    private List<Target> candidates(InitiatorIdentity identity) throws LoginFailure {
        return identity.type() == SessionType.NORMAL
                ? List.of(target(identity))
                : Target.knowing(identity.initiator(), surroundings.targets());
    }

    private Target target(InitiatorIdentity identity) throws LoginFailure {
        Optional<Target> target = surroundings.target(identity.target());
        if (target.isEmpty()) {
            throw new LoginFailure(LoginStatus.TARGET_NOT_FOUND, "there is no target " + identity.target());
        }
        return target.get();
    }

    /** Discovery tells no more than name and portals; as on real arrays, it needs no proof, but takes one. */
    private static TargetChap chap(ChapCredentials credentials, SessionType type) {
        return new TargetChap(
                new ChapSecrets(
                        secret(credentials.initiator()), credentials.target().map(LoginPhase::secret)),
                type == SessionType.NORMAL,
                RANDOM);
    }

    private static ChapSecret secret(ChapCredentials.Secret secret) {
        return new ChapSecret(secret.user(), secret.password(), secret.hex());
    }

    /** A session has one connection. One that is to be reinstated ends with its session at error recovery level 0. */
    private void refuseJoining(InitiatorIdentity identity) throws LoginFailure {
        Optional<Session> session = surroundings
                .target(identity.target())
                .flatMap(target -> target.sessions().find(identity));
        if (session.isPresent() && session.get().identity().cid() != identity.cid()) {
            throw new LoginFailure(LoginStatus.TOO_MANY_CONNECTIONS, "a session has one connection");
        }
        session.ifPresent(Session::end);
        throw new LoginFailure(LoginStatus.NO_SUCH_SESSION, "there is no session " + identity.tsih() + " to join");
    }

    private void send(LoginRequest request, TargetLogin.Reply reply, LoginStatus status, int tsih) throws IOException {
        int depth = surroundings.limits().load().tasks();
        Counters counters = new Counters(statSn++, request.cmdSn(), request.cmdSn() + depth - 1);
        ByteBuffer text = KeyText.encode(reply.keys());
        writer.add(
                new LoginResponse(
                        reply.transit(),
                        false,
                        reply.current(),
                        reply.next(),
                        request.isid(),
                        tsih,
                        request.taskTag(),
                        counters,
                        status),
                text);
        writer.flush();
    }
}
