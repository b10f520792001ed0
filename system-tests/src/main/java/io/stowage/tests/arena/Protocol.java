package io.stowage.tests.arena;

/** How hosts reach the array's data. */
public enum Protocol {
    ISCSI("iscsi"),
    NVME("nvme/tcp");

    private final String mode;

    Protocol(String mode) {
        this.mode = mode;
    }

    /** The value of a pool's key for it, and how it is called in texts. */
    public String mode() {
        return mode;
    }
}
