package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.Collection;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code …/space}: only name, id and space of another resource's items, as of now.
 *
 * @param <T> what the other resource lists
 */
final class SpaceListing<T> implements View<T> {
    private final Estate estate;
    private final Resource<T> resource;

    SpaceListing(Estate estate, Resource<T> resource) {
        this.estate = estate;
        this.resource = resource;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    @Override
    public Resource<T> viewed() {
        return resource;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public SpaceFigures space(Objects objects, T one) {
        return resource.space(objects, one);
    }

    @Override
    public ObjectNode total(Objects objects, Collection<T> all, ApiVersion version) {
        return resource.total(objects, all, version);
    }

    @Override
    public ObjectNode item(Objects objects, T one, ApiVersion version) {
        var item = Json.object().put("id", resource.id(one).orElse(null)).put("name", resource.name(objects, one));
        item.set("space", resource.space(objects, one).json(version));
        return item.put("time", estate.time().millis());
    }
}
