package io.stowage.array.flasharray;

/**
 * What the array says about protection groups, their snapshots and SafeMode. Those marked "known" hold the words that
 * shipping clients look for (Cinder, Ansible); the others follow their style.
 */
final class ProtectionWording {
    // known
    static final String GROUP_MISSING = "Protection group does not exist.";
    static final String GROUP_EXISTS = "Protection group already exists.";
    static final String GROUP_DESTROYED = "Protection group has been destroyed.";
    static final String ALREADY_MEMBER = "Member already belongs to the protection group.";
    static final String NOT_A_MEMBER = "Member could not be found in the protection group.";

    // in their style
    static final String GROUP_LIVE = "Protection group is not destroyed.";
    static final String GROUP_NOT_DESTROYED = "Protection group must be destroyed before it can be eradicated.";
    static final String GROUP_IS_DEFAULT =
            "Protection group cannot be destroyed because it is a default protection of its container.";
    static final String GROUP_RENAME_POD = "Protection group cannot be renamed into or out of a pod.";
    static final String MEMBER_KINDS = "Protection group members must be either volumes, hosts or host groups.";
    static final String MEMBER_POD = "Volume and protection group must be in the same pod.";
    static final String MEMBER_NOT_IN_POD = "Only volumes can be members of a protection group in a pod.";
    static final String DEFAULT_POD = "Default protection must be in its container.";
    static final String DEFAULT_KIND = "Default protection can only have volumes as members.";
    static final String VOLUME_IS_MEMBER = "Volume cannot be moved while it is a member of a protection group.";
    static final String NO_TARGET = "Array is not connected.";
    static final String NO_TARGETS = "Protection group has no targets.";

    static final String LOCKED_DESTROY = "Protection group cannot be destroyed because its retention is locked.";
    static final String LOCKED_MEMBER =
            "Member cannot be removed from the protection group because its retention is locked.";
    static final String LOCKED_WEAKER =
            "Protection group cannot be given a weaker schedule or retention because its retention is locked.";
    static final String LOCKED_UNLOCK = "Retention lock cannot be removed. Contact Pure Storage Technical Services.";
    static final String LOCKED_DEFAULT =
            "Protection group cannot be removed from the default protections because its retention is locked.";
    static final String LOCKED_SNAPSHOT =
            "Protection group snapshot cannot be destroyed because the retention of its protection group is locked.";

    static final String SNAPSHOT_MISSING = "Protection group snapshot does not exist.";
    static final String SNAPSHOT_EXISTS = "Protection group snapshot already exists.";
    static final String SNAPSHOT_DESTROYED = "Protection group snapshot has been destroyed.";
    static final String SNAPSHOT_LIVE = "Protection group snapshot is not destroyed.";
    static final String SNAPSHOT_NOT_DESTROYED =
            "Protection group snapshot must be destroyed before it can be eradicated.";
    static final String PART_OF_SNAPSHOT =
            "Volume snapshot is part of a protection group snapshot and cannot be changed on its own.";

    static final String FREQUENCY = "Frequency must be between 300000 and 34560000000 milliseconds.";
    static final String AT = "At must be between 0 and 86399 seconds, and requires a frequency of whole days.";
    static final String BLACKOUT = "Blackout must start and end on the hour.";
    static final String RETENTION = "Retention must have all_for_sec between 60 and 34560000, days between 0 and 4000,"
            + " and per_day between 0 and 1440.";

    static final String DELAYS_DIFFER =
            "Eradication delay cannot be set while enabled delay and disabled delay are different.";
    static final String ERADICATION_DELAY = "Eradication delay must be between 86400000 and 2592000000 milliseconds.";

    private ProtectionWording() {}

    static String readOnly(String attribute) {
        return "Attribute " + attribute + " is read-only.";
    }
}
