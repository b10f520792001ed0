package io.stowage.array.fault;

import io.stowage.array.core.Glob;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What is meant by a name of commands that may have stars. */
final class CodeNames {
    private CodeNames() {}

    /**
     * The calls of all commands whose names match.
     *
     * @param codes by name
     * @param pattern in the letters of those names
     * @return empty if no command is called so
     */
    static <C, K> Optional<Predicate<K>> meant(Map<String, C> codes, String pattern, BiPredicate<C, K> isOf) {
        var wanted = Glob.of(pattern);
        var found = codes.entrySet().stream()
                .filter(each -> wanted.matches(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(call -> found.stream().anyMatch(code -> isOf.test(code, call)));
    }
}
