package io.stowage.array.core;

/** What a reservation lets those do who don't hold it. SPC-4, section 5.13.1; NVMe has the same six. */
public enum ReservationType {
    /** Others may read. */
    WRITE_EXCLUSIVE(false, false, false),
    /** Others may neither read nor write. */
    EXCLUSIVE_ACCESS(true, false, false),
    /** Registrants may do everything, others may read. */
    WRITE_EXCLUSIVE_REGISTRANTS_ONLY(false, true, false),
    /** Registrants may do everything, others nothing. */
    EXCLUSIVE_ACCESS_REGISTRANTS_ONLY(true, true, false),
    /** As {@link #WRITE_EXCLUSIVE_REGISTRANTS_ONLY}, and each registrant holds it. */
    WRITE_EXCLUSIVE_ALL_REGISTRANTS(false, true, true),
    /** As {@link #EXCLUSIVE_ACCESS_REGISTRANTS_ONLY}, and each registrant holds it. */
    EXCLUSIVE_ACCESS_ALL_REGISTRANTS(true, true, true);

    private final boolean keepsReadersOut;
    private final boolean forRegistrants;
    private final boolean heldByAll;

    ReservationType(boolean keepsReadersOut, boolean forRegistrants, boolean heldByAll) {
        this.keepsReadersOut = keepsReadersOut;
        this.forRegistrants = forRegistrants;
        this.heldByAll = heldByAll;
    }

    /** Whether who isn't admitted may not even read. */
    public boolean keepsReadersOut() {
        return keepsReadersOut;
    }

    /** Whether registrants that don't hold it are admitted. */
    public boolean isForRegistrants() {
        return forRegistrants;
    }

    /** Whether each registrant holds it. */
    public boolean isHeldByAll() {
        return heldByAll;
    }
}
