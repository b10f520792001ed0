package io.stowage.array.wsapi.host;

import io.stowage.array.core.Host;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names by which a host comes in, apart by their kind: a host has those of one kind only. */
public record Initiators(List<String> wwns, List<String> iqns, Optional<String> nqn) {
    static final String WWNS = "FCWWNs";
    static final String IQNS = "iSCSINames";
    static final String NQN = "NQN";

    /** RFC 7143, section 4.2.7.1; the NVMe base specification 2.0, section 4.5. */
    private static final int LONGEST = 223;

    private static final Pattern WWN_FORM = Pattern.compile("[0-9a-fA-F]{16}");
    private static final Pattern IQN_FORM = Pattern.compile("(?i)(iqn|eui|naa)\\.[a-z0-9.:_-]+");
    private static final Pattern NQN_FORM = Pattern.compile("(?i)nqn\\.[!-~]+");

    public Initiators {
        wwns = List.copyOf(wwns);
        iqns = List.copyOf(iqns);
    }

    public static Initiators of(Host host) {
        return new Initiators(
                matching(host, WWN_FORM),
                matching(host, IQN_FORM),
                matching(host, NQN_FORM).stream().findFirst());
    }

    private static List<String> matching(Host host, Pattern form) {
        return host.initiators().stream()
                .filter(name -> form.matcher(name).matches())
                .toList();
    }

    /** Those in a request. */
    static Initiators in(Input input) {
        input.exclude(WWNS, IQNS);
        input.exclude(WWNS, NQN);
        input.exclude(IQNS, NQN);
        var wwns = input.texts(WWNS).stream()
                .map(wwn -> checked(WWNS, wwn.replace(":", ""), WWN_FORM, Problem.WRONG_TYPE))
                .map(wwn -> wwn.toUpperCase(Locale.ROOT))
                .toList();
        var iqns = input.texts(IQNS).stream()
                .map(iqn -> checked(IQNS, iqn, IQN_FORM, Problem.ILLEGAL_CHAR))
                .toList();
        var nqn = input.text(NQN).map(text -> checked(NQN, text, NQN_FORM, Problem.ILLEGAL_CHAR));
        requireDistinct(WWNS, wwns);
        requireDistinct(IQNS, iqns);
        return new Initiators(wwns, iqns, nqn);
    }

    private static String checked(String member, String name, Pattern form, Problem problem) {
        if (name.length() > LONGEST) {
            throw Problem.EXCEEDS_LENGTH.of(member);
        }
        if (!form.matcher(name).matches()) {
            throw problem.of(member);
        }
        return name;
    }

    private static void requireDistinct(String member, List<String> names) {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw Problem.DUP_PATH.of(member);
            }
        }
    }

    /** Whether its units are namespaces. */
    public boolean isNvme() {
        return nqn.isPresent();
    }

    List<String> all() {
        var all = new ArrayList<>(wwns);
        all.addAll(iqns);
        nqn.ifPresent(all::add);
        return all;
    }
}
