package io.stowage.array.iscsi;

import io.stowage.array.core.Aborters;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Nexuses;
import io.stowage.array.scsi.TargetDevice;
import java.util.List;
import java.util.stream.IntStream;

/** One of the targets that the portals serve, with its sessions. */
record Target(String iqn, LogicalUnits units, DeviceServer devices, Nexuses nexuses, Sessions sessions) {
    static Target of(Served served, int portals, Limits limits, Aborters aborters) {
        TargetDevice device = new TargetDevice(
                served.iqn(), IntStream.rangeClosed(1, portals).boxed().toList());
        Nexuses nexuses = new Nexuses(served.units());
        Sessions sessions = new Sessions(limits, served.units().meters());
        aborters.add(new SessionAborter(sessions));
        DeviceServer devices = new DeviceServer(served.units(), device, nexuses, aborters);
        return new Target(served.iqn(), served.units(), devices, nexuses, sessions);
    }

    /** Who is told of changes to the units, until the registration is closed. */
    LogicalUnits.Registration watch() {
        return units.watch(nexuses);
    }

    @Override
    public String toString() {
        return iqn;
    }

    /** The targets of a list in which there is a host with this initiator; all of them if there is none in any. */
    static List<Target> knowing(String initiator, List<Target> targets) {
        List<Target> knowing = targets.stream()
                .filter(target -> target.units().knows(initiator))
                .toList();
        return knowing.isEmpty() ? targets : knowing;
    }
}
