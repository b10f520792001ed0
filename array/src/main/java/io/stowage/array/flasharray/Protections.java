package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /container-default-protections} and {@code /protection-groups}. There are no protection groups here yet, so
 * each container's list is empty, as on an array whose administrator has emptied it.
 */
final class Protections {
    private static final String LIST = "default_protections";

    private final Estate estate;
    private final Pods pods;

    Protections(Estate estate, Pods pods) {
        this.estate = estate;
        this.pods = pods;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var items = new ArrayList<ObjectNode>();
            items.add(Json.object().putNull("id").putNull("name").putNull("type"));
            for (var pod : pods.all(objects)) {
                items.add(References.to(pod.name(), pod.id()).put("type", "pod"));
            }
            items.forEach(item -> item.set(LIST, Json.array()));
            return Listing.page(new Rows(() -> items, Wording.POD_MISSING), objects, call);
        });
    }

    /** Emptying what is empty is the only change there can be. */
    Answer update(Call call) {
        call.body().requireAny(LIST);
        if (!call.body().isEmptyList(LIST)) {
            throw Refusal.of(Wording.GROUP_MISSING);
        }
        var page = (Answer.Page) list(call);
        return new Answer.Items(page.items());
    }

    Answer groups(Call call) {
        return estate.read(objects -> Listing.page(new Rows(List::of, Wording.GROUP_MISSING), objects, call));
    }

    Answer updateGroups(Call call) {
        return estate.read(objects -> {
            Listing.required(new Rows(List::of, Wording.GROUP_MISSING), objects, call);
            return new Answer.Empty();
        });
    }
}
