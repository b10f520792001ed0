package io.stowage.array.wsapi.port;

import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Where a port is in the hardware, written {@code node:slot:cardPort}. */
public record PortPosition(int node, int slot, int card) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})");
    private static final int HIGHEST = 99;

    /** @throws io.stowage.array.wsapi.rest.Refusal it isn't one */
    public static PortPosition parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw Problem.PORT_SPECIFICATION.refusal();
        }
        return new PortPosition(
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
    }

    /** Reads a {@code portPos}. */
    public static PortPosition of(Input input) {
        input.allow("node", "slot", "cardPort");
        return new PortPosition(part(input, "node"), part(input, "slot"), part(input, "cardPort"));
    }

    private static int part(Input input, String name) {
        return input.number(name, 0, HIGHEST)
                .orElseThrow(() -> Problem.MISSING_REQUIRED.of(name))
                .intValue();
    }

    public ObjectNode json() {
        return Json.object().put("node", node).put("slot", slot).put("cardPort", card);
    }

    @Override
    public String toString() {
        return node + ":" + slot + ":" + card;
    }
}
