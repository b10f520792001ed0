package io.stowage.host.iscsi;

import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.iscsi.login.ChapSecrets;
import java.nio.file.Path;
import java.util.Optional;

/** Makes initiators that speak iSCSI. */
public final class IscsiInitiator {
    private IscsiInitiator() {}

    /** An initiator that doesn't authenticate; see {@link #of(String, Path, InitiatorOptions, Optional)}. */
    public static Initiator of(String name, Path folder, InitiatorOptions options) {
        return of(name, folder, options, Optional.empty());
    }

    /**
     * An initiator that connects when it is asked for a unit.
     *
     * @param name its IQN
     * @param folder where it remembers its session identifiers; made when absent
     * @param secrets for CHAP; with a target's secret in it, the targets have to prove that they know it
     */
    public static Initiator of(String name, Path folder, InitiatorOptions options, Optional<ChapSecrets> secrets) {
        return new Initiator(
                name,
                target -> new IscsiDialer(
                        name,
                        target.qualifiedName(),
                        SessionFile.open(folder, target.qualifiedName()),
                        options,
                        secrets),
                options);
    }
}
