package io.stowage.array.flasharray;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Which part of a listing is asked for with {@code limit}, {@code offset} and {@code continuation_token}. A token holds
 * the name behind which the next page begins, wherever that is by then: nothing is left out or told twice because
 * others create and delete.
 */
final class Window {
    /** The order of names when no other is asked for. */
    private static final Comparator<String> BY_NAME =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /** So that not any text is a token. */
    private static final String MARK = "after ";

    private final Optional<String> after;
    private final int offset;
    private final int limit;

    private Window(Optional<String> after, int offset, int limit) {
        this.after = after;
        this.offset = offset;
        this.limit = limit;
    }

    static Window of(Call call) {
        return new Window(
                call.parameter("continuation_token").map(Window::name),
                call.number("offset").orElse(0),
                Math.min(call.number("limit").orElse(call.pageLimit()), call.pageLimit()));
    }

    /** Whether nothing came before it. */
    boolean isFirst() {
        return after.isEmpty();
    }

    /**
     * @param more whether others follow
     * @param continuation empty when none follow, or the order isn't the default one
     */
    record Page<R>(List<R> rows, boolean more, Optional<String> continuation) {}

    /**
     * The part of these rows.
     *
     * @param order what comes before the order by name; empty for nothing
     */
    <R> Page<R> page(List<R> rows, Optional<Comparator<R>> order, Function<R, String> name) {
        var byName = Comparator.comparing(name, BY_NAME);
        var behind = after.isEmpty()
                ? rows
                : rows.stream()
                        .filter(row -> BY_NAME.compare(name.apply(row), after.get()) > 0)
                        .toList();
        var skipped = after.isPresent() ? 0 : Math.min(offset, behind.size());
        var end = Math.min(skipped + limit, behind.size());
        var first = first(
                behind, end, order.map(fields -> fields.thenComparing(byName)).orElse(byName));
        var page = first.subList(skipped, end);
        var more = end < behind.size() && limit > 0;
        var next = more && order.isEmpty() ? Optional.of(token(name.apply(page.getLast()))) : Optional.<String>empty();
        return new Page<>(page, more, next);
    }

    /** The first so many, in order: most pages are much shorter than what they are taken from. */
    private static <R> List<R> first(List<R> rows, int count, Comparator<R> order) {
        if (count > rows.size() / 4) {
            return rows.stream().sorted(order).toList();
        }
        var lowest = new PriorityQueue<R>(count + 1, order.reversed());
        for (var row : rows) {
            lowest.add(row);
            if (lowest.size() > count) {
                lowest.remove();
            }
        }
        var first = new ArrayList<>(lowest);
        first.sort(order);
        return Collections.unmodifiableList(first);
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String token) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException e) {
            // refused below, as any other text that isn't a token
        }
        throw Refusal.of(Wording.invalidParameter("continuation_token"));
    }
}
