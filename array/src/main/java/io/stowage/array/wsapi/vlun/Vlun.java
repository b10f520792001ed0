package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.SetExport;

/** A template: what was exported by one request. */
sealed interface Vlun {
    int lun();

    /** A volume. */
    record OfVolume(Connection connection) implements Vlun {
        @Override
        public int lun() {
            return connection.lun();
        }
    }

    /** All volumes of a set. */
    record OfSet(SetExport export) implements Vlun {
        @Override
        public int lun() {
            return export.lun();
        }
    }
}
