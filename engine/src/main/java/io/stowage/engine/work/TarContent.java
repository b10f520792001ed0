package io.stowage.engine.work;

import io.stowage.engine.Refused;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Steps;
import io.stowage.host.archive.Compression;
import java.io.InputStream;
import java.io.OutputStream;

/** A tar archive of any making that arrives, to become the files of a volume. */
final class TarContent implements Uploaded, AutoCloseable {
    private static final String FAILED = "Failed creating custom volume from tar archive: ";

    private final Site site;
    private final HeededInput plain;

    private TarContent(Site site, HeededInput plain) {
        this.site = site;
        this.plain = plain;
    }

    /** @throws Refused BAD_INPUT it is no tar archive, or compressed in a way that isn't known */
    static TarContent begin(Site site, InputStream file) {
        return new TarContent(site, new HeededInput(Failures.io(() -> Compression.open(file))));
    }

    @Override
    public void receive(VolumeAtHand volume, Steps steps) {
        plain.heed(steps);
        try (this) {
            new FileSystemContent(site, volume).receive(plain);
            // A compressed file tells at its end whether it is whole.
            Failures.ioAction(() -> plain.transferTo(OutputStream.nullOutputStream()));
        } catch (RuntimeException e) {
            Refused cause = Failures.of(e);
            if (cause.kind() == Refused.Kind.CANCELLED) {
                throw cause;
            }
            throw new Refused(cause.kind(), FAILED + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        Failures.ioAction(plain::close);
    }
}
