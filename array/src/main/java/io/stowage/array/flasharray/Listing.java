package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.array.flasharray.filter.Filter;
import io.stowage.array.flasharray.filter.InvalidFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Lists a resource as the common query parameters say: names, ids, destroyed, filter, sort, limit, offset, tokens. */
final class Listing<T> {
    /** The size of a page when none is asked for, and the largest. */
    static final int LARGEST_PAGE = 1000;

    private record Row(String name, ObjectNode item) {}

    private static final Comparator<Row> BY_NAME = Comparator.comparing(
                    (Row row) -> row.name().toLowerCase(Locale.ROOT))
            .thenComparing(Row::name);

    private final Resource<T> resource;
    private final Objects objects;
    private final Call call;

    private Listing(Resource<T> resource, Objects objects, Call call) {
        this.resource = resource;
        this.objects = objects;
        this.call = call;
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
        if (!call.has("names") && !call.has("ids")) {
            throw Refusal.of(Wording.NAMES_REQUIRED);
        }
        return List.copyOf(new Listing<>(resource, objects, call).selected());
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

    private static Optional<UUID> uuid(String text) {
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
            return resource.all(objects);
        }
        var selected = names.isEmpty() ? identified(resource, objects, ids) : named(resource, objects, names);
        requireState(selected);
        return selected;
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
        var filter = filter();
        var sort = call.parameter("sort").map(Sort::parse);
        var rows = among.stream()
                .filter(this::hasState)
                .map(one -> new Row(resource.name(objects, one), resource.item(objects, one, call.version())))
                .filter(row -> filter.matches(row.item()))
                .sorted(sort.map(order -> Comparator.comparing(Row::item, order).thenComparing(BY_NAME))
                        .orElse(BY_NAME))
                .toList();
        var total = resource.hasTotals()
                ? Optional.of(Totals.of(rows.stream().map(Row::item).toList(), call.version()))
                : Optional.<ObjectNode>empty();
        var count = call.isSet("total_item_count") ? Optional.of(rows.size()) : Optional.<Integer>empty();
        if (call.isSet("total_only")) {
            return new Answer.Page(List.of(), false, Optional.empty(), count, total);
        }
        var rest = rest(rows);
        var limit = Math.min(call.number("limit").orElse(LARGEST_PAGE), LARGEST_PAGE);
        var page = rest.subList(0, Math.min(limit, rest.size()));
        var more = rest.size() > page.size() && limit > 0;
        var next = more && sort.isEmpty() ? Optional.of(token(page.getLast())) : Optional.<String>empty();
        return new Answer.Page(page.stream().map(Row::item).toList(), more, next, count, total);
    }

    /** Several filters in one URL, as LXD sends them, must all hold. */
    private Filter filter() {
        try {
            return new Filter.And(
                    call.query().all("filter").stream().map(Filter::parse).toList());
        } catch (InvalidFilter e) {
            throw Refusal.of(e.sentence());
        }
    }

    /** What comes behind the page that handed out the token, wherever that is now. */
    private List<Row> rest(List<Row> rows) {
        var token = call.parameter("continuation_token");
        if (token.isPresent()) {
            var after = lastName(token.get());
            var first = 0;
            while (first < rows.size() && rows.get(first).name().compareToIgnoreCase(after) <= 0) {
                first++;
            }
            return rows.subList(first, rows.size());
        }
        var offset = call.number("offset").orElse(0);
        return rows.subList(Math.min(offset, rows.size()), rows.size());
    }

    private static String token(Row last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.name().getBytes(StandardCharsets.UTF_8));
    }

    private static String lastName(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(Wording.invalidParameter("continuation_token"));
        }
    }
}
