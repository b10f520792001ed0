package io.stowage.array.scsi;

import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.nio.ByteBuffer;

/** The answer to REPORT TARGET PORT GROUPS: all paths are equally good. SPC-4, section 6.37. */
final class PortGroups {
    private static final int ACTIVE_OPTIMIZED = 0;
    private static final int SUPPORTS_ACTIVE_OPTIMIZED = 0x01;
    private static final int EXTENDED_FORMAT = 1;
    private static final int EXTENDED_HEADER = 0x10;
    private static final int GROUP = 12;

    private PortGroups() {}

    static Plan report(TargetDevice device, Cdb.ReportTargetPortGroups command) {
        if (command.format() > EXTENDED_FORMAT) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        int header = command.format() == EXTENDED_FORMAT ? 8 : 4;
        ByteBuffer data = ByteBuffer.allocate(header + GROUP * device.ports().size());
        data.putInt(0, data.capacity() - Integer.BYTES);
        if (command.format() == EXTENDED_FORMAT) {
            data.put(4, (byte) EXTENDED_HEADER);
        }
        data.position(header);
        for (int port : device.ports()) {
            data.put((byte) ACTIVE_OPTIMIZED)
                    .put((byte) SUPPORTS_ACTIVE_OPTIMIZED)
                    .putShort((short) TargetDevice.groupOf(port))
                    .putShort((short) 0)
                    .put((byte) 0)
                    .put((byte) 1)
                    .putInt(port);
        }
        return DeviceServer.cut(data.flip(), command.allocation());
    }
}
