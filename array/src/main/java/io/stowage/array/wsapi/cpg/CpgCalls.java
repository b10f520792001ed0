package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /cpgs} (section 5). */
public final class CpgCalls {
    private static final long MIB = 1 << 20;

    /** As CloudStack can hold. */
    private static final long LARGEST_MIB = Integer.MAX_VALUE;

    private static final int MOST = 2048;

    private final Estate estate;
    private final CpgView view;

    public CpgCalls(Estate estate) {
        this.estate = estate;
        this.view = new CpgView(estate);
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "cpgs", this::list),
                new Endpoint("POST", "cpgs", this::create),
                new Endpoint("GET", "cpgs/*", this::get),
                new Endpoint("PUT", "cpgs/*", this::modify),
                new Endpoint("DELETE", "cpgs/*", this::delete));
    }

    private Answer list(Call call) {
        var query = call.query(CpgView.QUERIED);
        return estate.read(objects -> Answer.members(objects.containers().stream()
                .map(cpg -> view.json(objects, cpg))
                .filter(query::matches)
                .toList()));
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(view.json(objects, Cpgs.require(objects, call.name()))));
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow("name", "growthIncrementMiB", "growthLimitMiB", "usedLDWarningAlertMiB", "domain", "LDLayout");
        if (input.has("domain")) {
            throw Problem.NON_EXISTENT_DOMAIN.of("domain");
        }
        var name = input.requiredName("name", Names.LONGEST);
        var limit = limit(input);
        var attributes = new HashMap<String, String>();
        options(input, attributes);
        estate.change(draft -> {
            requireFree(draft.objects(), name);
            if (draft.objects().containers().size() >= MOST) {
                throw Problem.TOO_MANY.refusal();
            }
            return Cpgs.create(draft, name, limit, attributes);
        });
        return Answer.created("cpgs", name);
    }

    private static Optional<Long> limit(Input input) {
        return input.number("growthLimitMiB", 1, LARGEST_MIB).map(mib -> mib * MIB);
    }

    private static void options(Input input, Map<String, String> attributes) {
        input.number("growthIncrementMiB", 1, LARGEST_MIB)
                .ifPresent(mib -> attributes.put(Cpgs.INCREMENT, mib.toString()));
        input.number("usedLDWarningAlertMiB", 1, LARGEST_MIB)
                .ifPresent(mib -> attributes.put(Cpgs.WARNING, mib.toString()));
        Layout.put(input, attributes);
    }

    private static void requireFree(Objects objects, String name) {
        if (objects.container(name).isPresent()) {
            throw Problem.EXISTENT_CPG.refusal();
        }
    }

    private Answer modify(Call call) {
        var input = call.input();
        input.allow(
                "newName",
                "growthIncrementMiB",
                "growthLimitMiB",
                "usedLDWarningAlertMiB",
                "LDLayout",
                "disableAutoGrow",
                "rmGrowthLimit",
                "rmWarningAlert");
        input.exclude("growthLimitMiB", "rmGrowthLimit");
        input.exclude("usedLDWarningAlertMiB", "rmWarningAlert");
        input.flag("disableAutoGrow");
        var newName = input.name("newName", Names.LONGEST);
        var limit = limit(input);
        var noLimit = input.isSet("rmGrowthLimit");
        var noWarning = input.isSet("rmWarningAlert");
        return estate.change(draft -> {
            var cpg = Cpgs.require(draft.objects(), call.name());
            var name = newName.orElse(cpg.name());
            if (!name.equalsIgnoreCase(cpg.name())) {
                requireFree(draft.objects(), name);
            }
            var attributes = new HashMap<>(cpg.attributes());
            options(input, attributes);
            if (noWarning) {
                attributes.remove(Cpgs.WARNING);
            }
            draft.put(cpg.withName(name)
                    .withQuota(noLimit ? Optional.empty() : limit.or(cpg::quota))
                    .withAttributes(attributes));
            return Answer.done().at("cpgs", name);
        });
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            var cpg = Cpgs.require(draft.objects(), call.name());
            if (isInUse(draft.objects(), cpg)) {
                throw Problem.IN_USE.refusal();
            }
            draft.eradicate(cpg);
            return Answer.done();
        });
    }

    private static boolean isInUse(Objects objects, Container cpg) {
        return Cpgs.volumes(objects, cpg).findAny().isPresent();
    }
}
