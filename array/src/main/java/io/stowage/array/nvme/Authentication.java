package io.stowage.array.nvme;

import io.stowage.array.core.ChapCredentials;
import io.stowage.nvme.auth.AuthMessage;
import io.stowage.nvme.auth.AuthMessage.Reason;
import io.stowage.nvme.auth.Group;
import io.stowage.nvme.auth.Hash;
import io.stowage.nvme.auth.Proof;
import io.stowage.nvme.auth.Secret;
import io.stowage.nvme.command.Status;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the host of one queue proves by DH-HMAC-CHAP that it knows its key, and the controller, if it is asked, that it
 * knows its own. Until then the queue takes nothing else. One failure is final for the connection. Owned by the
 * connection's thread, but for the question whether it {@link #isComplete}. Base 2.0, section 8.13.
 */
final class Authentication {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Keys keys;
    private final String host;
    private final String subsystem;
    private State state = new State.Beginning();
    private volatile boolean complete;

    /**
     * An authentication that has not begun.
     *
     * @param host its NQN as it has said it
     * @param subsystem its NQN
     */
    Authentication(Keys keys, String host, String subsystem) {
        this.keys = keys;
        this.host = host;
        this.subsystem = subsystem;
    }

    /**
     * What is known of each other beforehand.
     *
     * @param controller with which the controller proves itself; without it hosts that ask for that are refused
     */
    record Keys(Secret host, Optional<Secret> controller) {
        /** Nothing for hosts that needn't prove anything: passwords of another form are meant for iSCSI. */
        static Optional<Keys> of(Optional<ChapCredentials> credentials) {
            return credentials
                    .map(ChapCredentials::initiator)
                    .flatMap(secret -> Secret.parse(secret.password()))
                    .map(own -> new Keys(
                            own,
                            credentials
                                    .flatMap(ChapCredentials::target)
                                    .flatMap(secret -> Secret.parse(secret.password()))));
        }
    }

    /** Where it stands. */
    private sealed interface State {
        /** The host is to say what it can do; so it may again when it has been proven. */
        record Beginning() implements State {}

        /** The controller has a message for the host. */
        record Telling(AuthMessage message, State next) implements State {}

        /** The host is to answer. */
        record Challenged(AuthMessage.Challenge challenge, Group.Exchange exchange) implements State {}

        /** The host is to say that it believes the controller. */
        record Doubted(int transaction) implements State {}

        record Failed() implements State {}
    }

    /** Whether host and controller have proven what they have to. */
    boolean isComplete() {
        return complete;
    }

    /** Takes what the host sends. */
    Status send(ByteBuffer bytes) {
        AuthMessage message = AuthMessage.ofHost(bytes).orElse(null);
        state = switch (state) {
            case State.Beginning _ when message instanceof AuthMessage.Negotiate negotiate -> negotiated(negotiate);
            case State.Challenged asked when message instanceof AuthMessage.Reply reply -> replied(asked, reply);
            case State.Doubted(int transaction)
            when message instanceof AuthMessage.Success2(int its) && its == transaction -> {
                complete = true;
                yield new State.Beginning();
            }
            case State.Failed failed -> failed;
            default ->
                message instanceof AuthMessage.GivenUp
                        ? failed()
                        : refused(transaction(message), message == null ? Reason.PAYLOAD : Reason.MESSAGE);
        };
        return Status.SUCCESS;
    }

    private static int transaction(@Nullable AuthMessage message) {
        return message == null ? 0 : message.transaction();
    }

    /** Takes what there is for the host; nothing if it isn't its turn to ask. */
    Optional<ByteBuffer> receive() {
        if (!(state instanceof State.Telling(AuthMessage message, State next))) {
            return Optional.empty();
        }
        state = next;
        if (message instanceof AuthMessage.Success1 && next instanceof State.Beginning) {
            complete = true;
        }
        return Optional.of(message.encode());
    }

    private State failed() {
        complete = false;
        return new State.Failed();
    }

    private State refused(int transaction, Reason reason) {
        return new State.Telling(new AuthMessage.Refused(transaction, reason), failed());
    }

    /** Takes the host's first hash, and its first group but the one that is none. */
    private State negotiated(AuthMessage.Negotiate negotiate) {
        int transaction = negotiate.transaction();
        if (negotiate.secureChannel() != 0) {
            return refused(transaction, Reason.SECURE_CHANNEL);
        }
        if (negotiate.hashes().isEmpty()) {
            return refused(transaction, Reason.HASH_NOT_USABLE);
        }
        if (negotiate.groups().isEmpty()) {
            return refused(transaction, Reason.GROUP_NOT_USABLE);
        }
        Hash hash = negotiate.hashes().getFirst();
        Group group = negotiate.groups().stream()
                .filter(one -> one != Group.NONE)
                .findFirst()
                .orElse(Group.NONE);
        Group.Exchange exchange = group.begin(RANDOM);
        byte[] challenge = new byte[hash.bytes()];
        RANDOM.nextBytes(challenge);
        int sequence = RANDOM.nextInt(1, Integer.MAX_VALUE);
        var message = new AuthMessage.Challenge(transaction, hash, group, sequence, challenge, exchange.publicValue());
        return new State.Telling(message, new State.Challenged(message, exchange));
    }

    private State replied(State.Challenged asked, AuthMessage.Reply reply) {
        AuthMessage.Challenge challenge = asked.challenge();
        int transaction = challenge.transaction();
        Hash hash = challenge.hash();
        if (reply.transaction() != transaction || reply.answer().length != hash.bytes()) {
            return refused(transaction, Reason.PAYLOAD);
        }
        Optional<byte[]> shared = challenge.group() == Group.NONE
                ? Optional.of(new byte[0])
                : asked.exchange().shared(reply.exchange());
        if (shared.isEmpty()) {
            return refused(transaction, Reason.PAYLOAD);
        }
        Proof proof = new Proof(hash, transaction, host, subsystem);
        byte[] expected =
                proof.ofHost(keys.host(), proof.augmented(challenge.challenge(), shared.get()), challenge.sequence());
        if (!MessageDigest.isEqual(expected, reply.answer())) {
            return refused(transaction, Reason.FAILED);
        }
        if (reply.challenge().isEmpty()) {
            return new State.Telling(
                    new AuthMessage.Success1(transaction, hash, Optional.empty()), new State.Beginning());
        }
        if (keys.controller().isEmpty()) {
            return refused(transaction, Reason.FAILED);
        }
        byte[] own = proof.ofController(
                keys.controller().get(), proof.augmented(reply.challenge().get(), shared.get()), reply.sequence());
        return new State.Telling(
                new AuthMessage.Success1(transaction, hash, Optional.of(own)), new State.Doubted(transaction));
    }
}
