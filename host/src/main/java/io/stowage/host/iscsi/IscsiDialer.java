package io.stowage.host.iscsi;

import io.stowage.host.remote.Attempt;
import io.stowage.host.remote.Dialer;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.Link;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.SessionType;
import io.stowage.model.Portal;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Logs in to one target, always as the same session. */
final class IscsiDialer implements Dialer {
    private static final System.Logger LOG = System.getLogger(IscsiDialer.class.getName());

    private final String initiator;
    private final String target;
    private final SessionFile file;
    private final InitiatorOptions options;
    private final Optional<ChapSecrets> secrets;
    /** Since when the portal in use has no connection of ours. */
    private long silentSince = System.nanoTime();

    IscsiDialer(
            String initiator,
            String target,
            SessionFile file,
            InitiatorOptions options,
            Optional<ChapSecrets> secrets) {
        this.initiator = initiator;
        this.target = target;
        this.file = file;
        this.options = options;
        this.secrets = secrets;
    }

    @Override
    public String protocol() {
        return "iscsi";
    }

    @Override
    public int readers() {
        return 1;
    }

    /** The portal in use comes first, and alone until it must have noticed the loss: see {@link SessionFile}. */
    @Override
    public List<Portal> candidates(List<Portal> known) {
        Optional<Portal> used = file.inUse();
        if (used.isEmpty()) {
            return known;
        }
        boolean fenced = System.nanoTime() - silentSince > options.fenceBound().toNanos();
        List<Portal> others =
                known.stream().filter(portal -> !used.get().equals(portal)).toList();
        return fenced ? Stream.concat(used.stream(), others.stream()).toList() : List.of(used.get());
    }

    @Override
    public Link dial(Portal portal, Attempt attempt, Runnable onChange) throws IOException {
        SocketChannel channel = attempt.connect(portal, options.connectTimeout());
        InitiatorIdentity identity = new InitiatorIdentity(initiator, target, SessionType.NORMAL, file.isid(), 0, 0);
        LoggedIn result;
        try {
            result = Login.perform(portal, channel, identity, secrets);
        } catch (LoginFailure e) {
            throw new IOException(e.getMessage(), e);
        }
        file.use(portal);
        return new IscsiLink(new Connection(result, options.queueDepth(), onChange), options);
    }

    /** A session that was logged out needs no fence: the next portal may be used at once. */
    @Override
    public void ended(boolean vouched) {
        silentSince = System.nanoTime();
        if (vouched) {
            try {
                file.quiet();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Cannot note the end of the session: " + e.getMessage());
            }
        }
    }
}
