package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /spacereporter}: how much a CPG, or one of some layout, could still take (section 3). */
public final class SpaceReporter {
    private static final long MIB = 1 << 20;

    private final Estate estate;

    public SpaceReporter(Estate estate) {
        this.estate = estate;
    }

    public List<Endpoint> rows() {
        return List.of(new Endpoint("POST", "spacereporter", this::report));
    }

    private Answer report(Call call) {
        var input = call.input();
        input.allow("cpg", "LDLayout");
        input.exclude("cpg", "LDLayout");
        if (!input.hasAny("cpg", "LDLayout")) {
            throw Problem.ONE_REQUIRED.of("cpg,LDLayout");
        }
        Layout.put(input, new HashMap<>());
        var name = input.text("cpg");
        return estate.read(objects -> {
            var cpg = name.map(text -> Cpgs.require(objects, text));
            var space = estate.usage().ofArray();
            long provisioned = cpg.map(one -> CpgView.provisioned(objects, one)).orElse(0L);
            long used = space.used();
            long free = space.free();
            var json = Json.object()
                    .put("rawFreeMiB", free * 4 / 3 / MIB)
                    .put("usableFreeMiB", free / MIB)
                    .put("overProvisionedVirtualSizeMiB", provisioned / MIB)
                    .put("overProvisionedUsedMiB", Math.ceilDiv(used, MIB))
                    .put("overProvisionedAllocatedMiB", Math.ceilDiv(used, MIB))
                    .put("overProvisionedFreeMiB", free / MIB);
            json.set("capacityEfficiency", efficiency(provisioned, used));
            return Answer.of(json);
        });
    }

    private static ObjectNode efficiency(long provisioned, long used) {
        return Json.object()
                .put("compaction", used == 0 ? 0 : (double) provisioned / used)
                .put("overProvisioning", used == 0 ? 0 : (double) provisioned / used);
    }
}
