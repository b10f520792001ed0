package io.stowage.array.flasharray;

import io.stowage.array.core.Entity;
import io.stowage.array.core.Objects;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.array.flasharray.filter.Filter;
import io.stowage.array.flasharray.filter.InvalidFilter;
import io.stowage.array.flasharray.filter.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists a resource as the common query parameters say: names, ids, destroyed, filter, sort, limit, offset, tokens. Only
 * what stands on the page is made into JSON, unless a filter or an order speaks of more than names.
 */
final class Listing<T> {

    private final Resource<T> resource;
    private final Objects objects;
    private final Call call;
    private final Filter filter;

    private Listing(Resource<T> resource, Objects objects, Call call) {
        this.resource = resource;
        this.objects = objects;
        this.call = call;
        this.filter = filter(call);
    }

    /** One of those that may be listed. */
    private final class Row implements Subject {
        private final String name;
        private final T one;
        private @Nullable ObjectNode item;

        Row(T one) {
            this.name = resource.name(objects, one);
            this.one = one;
        }

        String name() {
            return name;
        }

        @Override
        public ObjectNode item() {
            if (item == null) {
                item = resource.item(objects, one, call.version());
            }
            return item;
        }

        @Override
        public List<Label> labels() {
            return one instanceof Entity entity
                    ? objects.tagsOf(entity.id()).stream()
                            .map(tag -> new Label(tag.key(), tag.value()))
                            .toList()
                    : List.of();
        }
    }

    /** One page. */
    static <T> Answer page(Resource<T> resource, Objects objects, Call call) {
        var listing = new Listing<>(resource, objects, call);
        return listing.page(listing.selected());
    }

    /** One page of these only. */
    static <T> Answer page(Resource<T> resource, Objects objects, Call call, Collection<T> among) {
        return new Listing<>(resource, objects, call).page(among);
    }

    /** What {@code names} or {@code ids} select; at least one of them has to be there. */
    static <T> List<T> required(Resource<T> resource, Objects objects, Call call) {
        if (call.list("names").isEmpty() && call.list("ids").isEmpty()) { // an empty one must not mean all
            throw Refusal.of(Wording.NAMES_REQUIRED);
        }
        return List.copyOf(selected(resource, objects, call));
    }

    /** What {@code names}, {@code ids} and {@code destroyed} select, or all. */
    static <T> Collection<T> selected(Resource<T> resource, Objects objects, Call call) {
        return new Listing<>(resource, objects, call).selected();
    }

    /** The ones of these names, in their order; each missing one is a problem. */
    static <T> List<T> named(Resource<T> resource, Objects objects, List<String> names) {
        return all(names, name -> resource.named(objects, name), resource.missing());
    }

    static <T> List<T> identified(Resource<T> resource, Objects objects, List<String> ids) {
        return all(ids, id -> uuid(id).flatMap(uuid -> resource.identified(objects, uuid)), resource.missing());
    }

    private static <T> List<T> all(List<String> keys, Function<String, Optional<T>> find, String missing) {
        var found = new LinkedHashSet<T>(); // who is named twice is meant once
        var problems = new ArrayList<Problem>();
        for (var key : keys) {
            find.apply(key).ifPresentOrElse(found::add, () -> problems.add(new Problem(key, missing)));
        }
        if (!problems.isEmpty()) {
            throw Refusal.of(problems);
        }
        return List.copyOf(found);
    }

    /** Empty for what is no UUID, which then is the id of nothing. */
    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Collection<T> selected() {
        var names = call.list("names");
        var ids = call.list("ids");
        if (!names.isEmpty() && !ids.isEmpty()) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        if (names.isEmpty() && ids.isEmpty()) {
            return candidates();
        }
        var selected = names.isEmpty() ? identified(resource, objects, ids) : named(resource, objects, names);
        requireState(selected);
        return selected;
    }

    /** All, or those that the filter names: drivers look single objects up with {@code filter=name='…'}. */
    private Collection<T> candidates() {
        var named = filter.names();
        if (named.isEmpty()) {
            return resource.all(objects);
        }
        var found = new LinkedHashSet<T>();
        named.get().forEach(name -> resource.named(objects, name).ifPresent(found::add));
        return found;
    }

    /** Objects asked for by name have to be in the state that is asked for. */
    private void requireState(List<T> selected) {
        var problems = selected.stream()
                .filter(one -> !hasState(one))
                .map(one -> new Problem(resource.name(objects, one), resource.missing()))
                .toList();
        if (!problems.isEmpty()) {
            throw Refusal.of(problems);
        }
    }

    private boolean hasState(T one) {
        var wanted = call.flag("destroyed");
        var state = resource.destroyed(one);
        return wanted.isEmpty() || state.isEmpty() || wanted.equals(state);
    }

    private Answer page(Collection<T> among) {
        var window = Window.of(call);
        var rows = among.stream()
                .filter(this::hasState)
                .map(Row::new)
                .filter(filter::matches)
                .toList();
        var count = call.isSet("total_item_count") ? Optional.of(rows.size()) : Optional.<Integer>empty();
        if (call.isSet("total_only")) {
            return new Answer.Page(List.of(), false, Optional.empty(), count, total(rows));
        }
        var sums = window.isFirst() ? total(rows) : Optional.<ObjectNode>empty();
        var page = window.page(rows, order(), Row::name);
        return new Answer.Page(
                page.rows().stream().map(Row::item).toList(), page.more(), page.continuation(), count, sums);
    }

    /** The order that is asked for; empty for the default one. */
    private Optional<Comparator<Row>> order() {
        return call.parameter("sort")
                .filter(fields -> !fields.equals("name"))
                .map(Sort::parse)
                .map(items -> Comparator.comparing(Row::item, items));
    }

    private Optional<ObjectNode> total(List<Row> rows) {
        return resource.hasTotals()
                ? Optional.of(resource.total(
                        objects, rows.stream().map(row -> row.one).toList(), call.version()))
                : Optional.empty();
    }

    /** Several filters in one URL, as LXD sends them, must all hold. */
    private static Filter filter(Call call) {
        try {
            return new Filter.And(
                    call.query().all("filter").stream().map(Filter::parse).toList());
        } catch (InvalidFilter e) {
            throw Refusal.of(e.sentence());
        }
    }
}
