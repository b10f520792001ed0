package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Room;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.LogPage;
import io.stowage.iscsi.scsi.Sense;

/** What LOG SENSE tells: how full the array is. SPC-4, section 6.7; SBC-3, section 6.4.5. */
final class LogPages {
    /** Resources are counted in MiB. */
    static final int THRESHOLD_EXPONENT = 11;

    private static final int RESOURCE = LogicalUnit.BLOCK_BYTES << THRESHOLD_EXPONENT;
    private static final int LAST_PARAMETER = 0x0002;

    private LogPages() {}

    static Plan sense(Cdb.LogSense command, Room room) {
        if (command.save()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        boolean all = command.page() == LogPage.SUPPORTED_PAGES;
        if (!all && command.page() != LogPage.PROVISIONING) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        if (command.subpage() != 0 && !(all && command.subpage() == LogPage.SUBPAGES)) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(3));
        }
        if (command.pointer() > (all ? 0 : LAST_PARAMETER)) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(5));
        }
        if (all) {
            return DeviceServer.cut(
                    command.subpage() == 0 ? LogPage.supportedPages() : LogPage.supportedSubpages(),
                    command.allocation());
        }
        return DeviceServer.cut(
                LogPage.provisioning(command.pointer(), room.free() / RESOURCE, room.used() / RESOURCE),
                command.allocation());
    }
}
