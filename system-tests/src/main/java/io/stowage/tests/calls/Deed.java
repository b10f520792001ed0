package io.stowage.tests.calls;

import io.stowage.tests.arena.Vendor;

/**
 * An operation on a host.
 *
 * @param busy whether the host has other volumes of the array
 */
public record Deed(Operation operation, boolean busy) {
    public int lxd(Vendor vendor) {
        return operation.lxd(vendor, busy);
    }

    public int most(Vendor vendor) {
        return operation.most(vendor, busy);
    }
}
