package io.stowage.host.nvme;

import io.stowage.nvme.log.AccessLog;
import io.stowage.nvme.log.LogPage;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How well namespaces are reached through a portal: asymmetric namespace access. Base 2.0, section 8.1. */
enum Access {
    /** As well as can be. */
    OPTIMIZED,
    /** Another way is better. */
    ROUNDABOUT,
    /** Not at all, for now. */
    NONE;

    /** A group's state is in the first 4 KiB of the page when it has at most 30 groups with few namespaces. */
    private static final int PAGE = 4096;

    /** The best that the log page promises: one way is chosen for all namespaces. */
    static Access of(AccessLog log) {
        Access best = log.groups().isEmpty() ? OPTIMIZED : NONE;
        for (AccessLog.Group group : log.groups()) {
            Access access = switch (group.state()) {
                case AccessLog.OPTIMIZED -> OPTIMIZED;
                case AccessLog.NON_OPTIMIZED -> ROUNDABOUT;
                default -> NONE;
            };
            best = access.compareTo(best) < 0 ? access : best;
        }
        return best;
    }

    /** Asks the controller. Reading the page lets events of this kind through again. */
    static Access ask(Admin admin) throws IOException {
        ByteBuffer page = admin.log(LogPage.ACCESS, false, 0, PAGE);
        try {
            return of(AccessLog.parse(page));
        } catch (IllegalArgumentException e) {
            throw new IOException("the controller's access log makes no sense: " + e.getMessage(), e);
        }
    }
}
