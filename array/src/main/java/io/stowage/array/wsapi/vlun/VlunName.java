package io.stowage.array.wsapi.vlun;

import io.stowage.array.wsapi.port.PortPosition;
import io.stowage.array.wsapi.rest.Problem;
import java.util.Optional;

/**
 * How the path names VLUNs: {@code volume,lun,host} and perhaps {@code ,node:slot:cardPort}.
 *
 * @param volume a volume, or a volume set after {@code set:}
 * @param host a host, or a host set after {@code set:}; may be empty if there is a port
 */
record VlunName(String volume, int lun, String host, Optional<PortPosition> port) {
    /** @throws io.stowage.array.wsapi.rest.Refusal it isn't one */
    static VlunName parse(String text) {
        var parts = text.split(",", -1);
        var isComplete = parts.length > 3 || parts.length == 3 && !parts[2].isEmpty();
        if (!isComplete || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw Problem.MISSING_REQUIRED.refusal();
        }
        if (parts.length > 4) {
            throw Problem.INV_INPUT.refusal();
        }
        if (!parts[1].matches("[0-9]{1,9}")) {
            throw Problem.WRONG_TYPE.of("lun");
        }
        return new VlunName(
                parts[0],
                Integer.parseInt(parts[1]),
                parts[2],
                parts.length > 3 ? Optional.of(PortPosition.parse(parts[3])) : Optional.empty());
    }

    @Override
    public String toString() {
        return volume + "," + lun + "," + host
                + port.map(position -> "," + position).orElse("");
    }
}
