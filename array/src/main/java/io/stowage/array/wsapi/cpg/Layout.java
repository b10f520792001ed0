package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Container;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How a CPG's space is laid out on drives: told back as it was given, since there are none. */
final class Layout {
    private static final String RAID = "layout.RAIDType";
    private static final String SET_SIZE = "layout.setSize";
    private static final String HA = "layout.HA";
    private static final String DISK_TYPE = "layout.diskType";
    private static final int SSD = 3;
    private static final int LARGEST_SET = 32;

    private Layout() {}

    static void put(Input input, Map<String, String> attributes) {
        input.object("LDLayout").ifPresent(given -> {
            given.allow("RAIDType", "setSize", "HA", "chunkletPosPref", "diskPatterns");
            given.choice("RAIDType", 4).ifPresent(type -> attributes.put(RAID, type.toString()));
            given.number("setSize", 1, LARGEST_SET).ifPresent(size -> attributes.put(SET_SIZE, size.toString()));
            given.choice("HA", 3).ifPresent(level -> attributes.put(HA, level.toString()));
            given.choice("chunkletPosPref", 2);
            for (var pattern : given.objects("diskPatterns")) {
                pattern.choice("diskType", SSD).ifPresent(type -> {
                    if (type != SSD) {
                        throw Problem.INV_INPUT.of("diskType"); // the array has no others
                    }
                    attributes.put(DISK_TYPE, type.toString());
                });
            }
        });
    }

    static ObjectNode json(Container cpg) {
        var layout = Json.object()
                .put("RAIDType", number(cpg, RAID, 4))
                .put("setSize", number(cpg, SET_SIZE, 8))
                .put("HA", number(cpg, HA, 3));
        layout.putArray("diskPatterns").addObject().put("diskType", number(cpg, DISK_TYPE, SSD));
        return layout;
    }

    private static int number(Container cpg, String name, int usual) {
        return Integer.parseInt(cpg.attributes().getOrDefault(name, Integer.toString(usual)));
    }
}
