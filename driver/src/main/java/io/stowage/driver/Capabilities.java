package io.stowage.driver;

import io.stowage.model.ByteSize;
import io.stowage.model.Protocol;
import java.util.List;

/**
 * What a family of arrays is like, as far as the engine has to know.
 *
 * @param protocols best first: the order in which a protocol is chosen when none is configured
 * @param smallest size a volume has at least
 * @param granularity sizes are multiples of it
 * @param vmFilesystemSize size of the small file-system volume beside a VM's block volume when none is given
 * @param shrinks whether volumes can be made smaller
 * @param poolQuota whether pools have the key {@code size}
 */
public record Capabilities(
        List<Protocol> protocols,
        ByteSize smallest,
        ByteSize granularity,
        ByteSize vmFilesystemSize,
        boolean shrinks,
        boolean poolQuota) {

    /** The size a volume gets on the array when this one is asked for. */
    public ByteSize round(ByteSize asked) {
        return asked.roundUp(smallest, granularity);
    }
}
