package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.Faults;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.Portal;
import io.stowage.array.net.SlowLane;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Nexuses;
import io.stowage.iscsi.login.Preferences;
import java.util.List;

/** What all connections of a target share. */
record Surroundings(
        String iqn,
        List<Portal> portals,
        LogicalUnits units,
        DeviceServer devices,
        Nexuses nexuses,
        Sessions sessions,
        SlowLane slowLane,
        BufferPool buffers,
        Preferences preferences,
        Limits limits,
        Faults faults) {}
