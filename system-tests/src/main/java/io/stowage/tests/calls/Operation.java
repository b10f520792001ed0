package io.stowage.tests.calls;

import io.stowage.tests.arena.Vendor;
import java.util.Locale;

/**
 * What users do with volumes, with the number of requests that LXD's drivers make for it, logins apart: those for a
 * FlashArray as section 9.4 of the FlashArray reference has them, those for an Alletra as section 15 of the WSAPI
 * reference. Each is given for a <em>busy</em> host, which has other volumes of the array, and an <em>idle</em> one, which
 * LXD makes known to the array before and makes it forget afterwards. On an Alletra a map is 5 (hosts, VLUNs, the new VLUN,
 * ports, the volume) and 6 with a new host; an unmap is 5, and 7 with the last volume.
 */
public enum Operation {
    /** A new pod; the embedded array gives it no protection group, as section 9.4 has it with g = 0. */
    CREATE_POOL(4, 4, 1, 1),
    /** Of a pool with a size on a FlashArray. */
    LOOK_AT_SPACE(1, 1, 1, 1),
    /** Mapped, formatted, and once more for the mount task on a FlashArray. */
    CREATE_FILESYSTEM(14, 18, 2 + 5 + 5, 2 + 6 + 7),
    CREATE_BLOCK(10, 14, 2, 2),
    MOUNT(5, 6, 5, 6),
    UNMOUNT(3, 6, 5, 7),
    ATTACH(5, 6, 5, 6),
    DETACH(4, 7, 5, 7),
    SNAPSHOT(1, 1, 1, 1),
    /** Alletra's snapshots are mapped themselves, FlashArray's as a temporary volume. */
    MOUNT_SNAPSHOT(6, 7, 5, 6),
    UNMOUNT_SNAPSHOT(5, 8, 5, 7),
    LIST_SNAPSHOTS(1, 1, 1, 1),
    LOOK_AT_USAGE(1, 1, 1, 1),
    /** On an Alletra the promote and one look at its task, which may become more. */
    RESTORE_FILESYSTEM(1, 1, 2, 2),
    RESTORE_BLOCK(2, 2, 2, 2),
    COPY(10, 14, 6, 6),
    COPY_OF_SNAPSHOT(10, 14, 6, 6),
    COPY_WITH_ONE_SNAPSHOT(10 + 2, 14 + 2, 6 + 3, 6 + 3),
    /** The host has it already: on an Alletra hosts, VLUNs, ports and the volume are asked all the same. */
    GROW_MOUNTED(7, 7, 2 + 4, 2 + 4),
    GROW_UNMOUNTED(10, 14, 2 + 5 + 5, 2 + 6 + 7),
    GROW_BLOCK(10, 14, 2 + 5 + 5, 2 + 6 + 7),
    RENAME(0, 0, 0, 0),
    DELETE_SNAPSHOT(4, 4, 1, 1),
    DELETE_VOLUME(5, 5, 4, 4),
    DELETE_POOL(3, 3, 1, 1);

    /** From this number on we must need at most half. */
    private static final int MANY = 4;

    private final int pureBusy;
    private final int pureIdle;
    private final int alletraBusy;
    private final int alletraIdle;

    Operation(int pureBusy, int pureIdle, int alletraBusy, int alletraIdle) {
        this.pureBusy = pureBusy;
        this.pureIdle = pureIdle;
        this.alletraBusy = alletraBusy;
        this.alletraIdle = alletraIdle;
    }

    /** How LXD counts it. */
    public int lxd(Vendor vendor, boolean busy) {
        return switch (vendor) {
            case PURE -> busy ? pureBusy : pureIdle;
            case ALLETRA -> busy ? alletraBusy : alletraIdle;
        };
    }

    /** The most that we may need: half where LXD needs many, else what LXD needs and a write of recovery data. */
    public int most(Vendor vendor, boolean busy) {
        int lxd = lxd(vendor, busy);
        return lxd >= MANY ? lxd / 2 : lxd + 1;
    }

    public Deed busy() {
        return new Deed(this, true);
    }

    public Deed idle() {
        return new Deed(this, false);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
