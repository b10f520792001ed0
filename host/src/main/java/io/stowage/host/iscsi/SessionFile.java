package io.stowage.host.iscsi;

import io.stowage.host.remote.StateFile;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.model.Portal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Properties;

/**
 * What must be known of a session after the process was killed: its ISID, and the portal that may still hold commands
 * of it. Logging in there with the same ISID reinstates the session: the target answers only after the old session's
 * commands are quiet, and what a dead connection still holds in a buffer is lost with it (RFC 7143, section 6.3.5).
 * That is the fence. Logging in at another portal (another target portal group) is no fence, so it must wait until
 * the target has noticed by itself.
 *
 * <p>Owned by one thread after construction.
 */
final class SessionFile {
    private static final int DEFAULT_PORT = 3260;
    private static final String ISID = "isid";
    private static final String PORTAL = "portal";
    private static final String TARGET = "target";

    private final StateFile file;
    private final String target;
    private final Isid isid;
    private Optional<Portal> inUse;

    private SessionFile(StateFile file, String target, Isid isid, Optional<Portal> inUse) {
        this.file = file;
        this.target = target;
        this.isid = isid;
        this.inUse = inUse;
    }

    /** Reads the file of this target, or makes it with a new ISID. */
    static SessionFile open(Path folder, String target) throws IOException {
        StateFile file = StateFile.of(folder, target, ".session");
        Properties read = file.read();
        if (read.isEmpty()) {
            SessionFile made = new SessionFile(file, target, Isid.random(new SecureRandom()), Optional.empty());
            made.save();
            return made;
        }
        String isid = read.getProperty(ISID, "");
        if (!isid.matches("[0-9a-f]{12}")) {
            throw new IOException(
                    "The session file " + file.path() + " has no valid isid: remove it when nothing is attached");
        }
        Optional<Portal> portal =
                Optional.ofNullable(read.getProperty(PORTAL)).map(text -> Portal.parse(text, DEFAULT_PORT));
        return new SessionFile(file, target, new Isid(Long.parseLong(isid, 16)), portal);
    }

    Isid isid() {
        return isid;
    }

    /** The portal that may hold commands of this session. */
    Optional<Portal> inUse() {
        return inUse;
    }

    /** To be called after a login and before the first command. */
    void use(Portal portal) throws IOException {
        if (!inUse.equals(Optional.of(portal))) {
            inUse = Optional.of(portal);
            save();
        }
    }

    /** The session was logged out: no portal holds anything of it. */
    void quiet() throws IOException {
        if (inUse.isPresent()) {
            inUse = Optional.empty();
            save();
        }
    }

    private void save() throws IOException {
        Properties content = new Properties();
        content.setProperty(TARGET, target);
        content.setProperty(ISID, isid.toString());
        inUse.ifPresent(portal -> content.setProperty(PORTAL, portal.toString()));
        file.write(content);
    }
}
