package io.stowage.array.flasharray;

import io.stowage.array.core.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A host's initiators by their kind, as the API keeps them apart. */
record Initiators(List<String> iqns, List<String> nqns, List<String> wwns) {
    /** RFC 7143 4.2.7.1 and the NVMe base specification 4.5 both allow 223 bytes. */
    private static final Pattern IQN = Pattern.compile("(?i)(iqn|eui|naa)\\.[a-z0-9.:_-]{1,219}");

    private static final Pattern NQN = Pattern.compile("(?i)nqn\\.[!-~]{1,219}");
    private static final Pattern WWN = Pattern.compile("(?i)[0-9a-f]{2}(:?[0-9a-f]{2}){7}");

    Initiators {
        iqns = List.copyOf(iqns);
        nqns = List.copyOf(nqns);
        wwns = List.copyOf(wwns);
    }

    static Initiators of(Host host) {
        return new Initiators(
                host.initiators().stream()
                        .filter(name -> IQN.matcher(name).matches())
                        .toList(),
                host.initiators().stream()
                        .filter(name -> NQN.matcher(name).matches())
                        .toList(),
                host.initiators().stream()
                        .filter(name -> WWN.matcher(name).matches())
                        .toList());
    }

    /** What a body asks for: a whole list replaces, {@code add_} and {@code remove_} change it. */
    Initiators changed(Body body) {
        var wwnsWanted =
                changed(body, "wwns", WWN, wwns).stream().map(Initiators::bare).toList();
        var changed = new Initiators(changed(body, "iqns", IQN, iqns), changed(body, "nqns", NQN, nqns), wwnsWanted);
        if (!changed.nqns.isEmpty() && !(changed.iqns.isEmpty() && changed.wwns.isEmpty())) {
            throw Refusal.of(Wording.MIXED_INITIATORS);
        }
        return changed;
    }

    private static List<String> changed(Body body, String key, Pattern form, List<String> before) {
        var wanted = new ArrayList<>(body.texts(key).orElse(before));
        for (var name : body.texts("remove_" + key).orElse(List.of())) {
            if (!wanted.removeIf(other -> comparable(other).equals(comparable(name)))) {
                throw Refusal.of(name, Wording.INITIATOR_MISSING);
            }
        }
        wanted.addAll(body.texts("add_" + key).orElse(List.of()));
        for (var name : wanted) {
            if (!form.matcher(name).matches()) {
                throw Refusal.of(name, Wording.invalidAttribute(key));
            }
        }
        return distinct(wanted);
    }

    private static List<String> distinct(List<String> names) {
        var distinct = new ArrayList<String>();
        for (var name : names) {
            if (distinct.stream().noneMatch(other -> comparable(other).equals(comparable(name)))) {
                distinct.add(name);
            }
        }
        return distinct;
    }

    private static String comparable(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return WWN.matcher(name).matches() ? lower.replace(":", "") : lower;
    }

    /** WWNs are reported in capitals and without colons whatever was sent. */
    private static String bare(String wwn) {
        return wwn.replace(":", "").toUpperCase(Locale.ROOT);
    }

    /** Whether they speak NVMe, where units are namespaces. */
    boolean isNvme() {
        return !nqns.isEmpty();
    }

    List<String> all() {
        var all = new ArrayList<>(iqns);
        all.addAll(nqns);
        all.addAll(wwns);
        return all;
    }
}
