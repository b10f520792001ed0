package io.stowage.nvme.fabrics;

/**
 * Dword 0 of the completion of a successful {@link Connect}; Base 2.0, figure 388.
 *
 * @param controller CNTLID
 * @param authentication whether the host has to authenticate itself before anything else
 */
public record ConnectResult(int controller, boolean authentication) {
    /** ATR: authentication by the transaction of DH-HMAC-CHAP is required. */
    private static final int REQUIRED = 1 << 17;

    public static ConnectResult parse(long result) {
        return new ConnectResult((int) result & 0xFFFF, (result & REQUIRED) != 0);
    }

    /** The completion's result. */
    public long dword() {
        return controller | (authentication ? REQUIRED : 0);
    }

    /** What a Connect with a wrong field of its entry is answered: status 182h and this. Figure 387. */
    public static long wrongInEntry(int offset) {
        return offset;
    }

    /** What a Connect with a wrong field of its data is answered: status 182h and this. Figure 387. */
    public static long wrongInData(int offset) {
        return 1L << 16 | offset;
    }
}
