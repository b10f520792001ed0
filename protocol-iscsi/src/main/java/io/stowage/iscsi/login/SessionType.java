package io.stowage.iscsi.login;

/** What a session is for. RFC 7143, section 13.21. */
public enum SessionType {
    /** Only SendTargets and logout. */
    DISCOVERY,
    /** SCSI. */
    NORMAL
}
