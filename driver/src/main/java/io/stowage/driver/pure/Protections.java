package io.stowage.driver.pure;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import java.util.List;

/**
 * Default protections: an array may give each new pod a protection group that all its volumes join, which keeps what is
 * deleted. Ours go without.
 */
final class Protections {
    private static final String DEFAULTS = "container-default-protections";
    private static final String GROUPS = "protection-groups";

    private final Rest rest;

    Protections(Rest rest) {
        this.rest = rest;
    }

    /** Takes away what a new, empty pod was given. */
    void clear(Pod pod) {
        var look = Call.get("look at the default protection of pod \"%s\"".formatted(pod.name()), DEFAULTS)
                .with("names", pod.name());
        for (var item : rest.items(look, Items.ContainerProtection.class)) {
            var groups = item.defaults();
            if (groups == null || groups.isEmpty()) continue;
            rest.run(Call.patch("clear the default protection of pod \"%s\"".formatted(pod.name()), DEFAULTS)
                    .with("names", pod.name())
                    .body("default_protections", List.of()));
            for (var group : groups) if (!"snapshot_policy".equals(group.type())) delete(group.name());
        }
    }

    private void delete(String group) {
        try {
            rest.run(Call.patch("destroy protection group \"%s\"".formatted(group), GROUPS)
                    .with("names", group)
                    .body("destroyed", true));
        } catch (ObjectMissing e) {
            return;
        } catch (ArrayRefused e) {
            if (!Refusal.isDestroyed(e)) throw e;
        }
        Eradication.tryIt(
                rest,
                Call.delete("eradicate protection group \"%s\"".formatted(group), GROUPS)
                        .with("names", group));
    }
}
