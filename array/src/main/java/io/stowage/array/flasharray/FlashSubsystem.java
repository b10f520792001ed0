package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import java.util.List;
import java.util.Optional;

/** The one NVMe subsystem of a FlashArray, for all hosts; everybody finds it, hosts that the array knows may use it. */
final class FlashSubsystem implements Subsystems {
    private static final String MODEL = "Pure Storage FlashArray";

    /** The IEEE company id of Pure Storage. */
    private static final int OUI = 0x24A937;

    private final Estate estate;
    private final Subsystem subsystem;

    FlashSubsystem(Estate estate, Identity identity) {
        this.estate = estate;
        this.subsystem = new Subsystem(identity.nqn(), identity.serial(), MODEL, Arrays.RELEASE, OUI, estate.units());
    }

    @Override
    public boolean exists(String nqn) {
        return subsystem.nqn().equals(nqn);
    }

    @Override
    public Optional<Subsystem> find(String nqn, String host) {
        var isKnown =
                exists(nqn) && estate.read(objects -> objects.hostOf(host)).isPresent();
        return isKnown ? Optional.of(subsystem) : Optional.empty();
    }

    @Override
    public List<Subsystem> listedTo(String host) {
        return List.of(subsystem);
    }

    @Override
    public LogicalUnits units() {
        return estate.units();
    }
}
