package io.stowage.driver.pure;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.Initiator;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.HostNames;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Host objects: found by the initiator's name, whatever they are called; made when there is none. */
final class Hosts {
    private static final String PATH = "hosts";
    private static final HostNames NAMES = new HostNames(63);

    private final Rest rest;
    /** Names of host objects. */
    private final KnownHosts<String> known;

    Hosts(Rest rest, KnownHosts<String> known) {
        this.rest = rest;
        this.known = known;
    }

    KnownHosts<String> known() {
        return known;
    }

    /** The host of this array (not of a connected one) that has the initiator. */
    Optional<Items.Host> find(Initiator initiator) {
        var name = initiator.qualifiedName();
        var call = Call.get("look for the host of initiator \"%s\"".formatted(name), PATH)
                .with("filter", Filter.and(Filter.equal(listName(initiator), name), "is_local"));
        return rest.items(call, Items.Host.class).stream()
                .filter(host -> has(host, initiator))
                .findFirst();
    }

    /**
     * The host that has the initiator. One that isn't known is made before it is looked for: mostly there is none then.
     *
     * @throws ObjectMissing if another thread has deleted it meanwhile
     */
    String ensure(Initiator initiator) {
        return known.find(initiator).orElseGet(() -> known.put(initiator, create(initiator)));
    }

    private String create(Initiator initiator) {
        try {
            return create(initiator, NAMES.of(initiator));
        } catch (ObjectExists e) {
            // Never take the name's object over: it is another machine's, which would lose its volumes.
            // If it is, the initiator may still be in an object of another name.
            return ours(initiator, NAMES.of(initiator))
                    .or(() -> find(initiator).map(Items.Host::name))
                    .orElseGet(() -> createSecond(initiator));
        } catch (ArrayRefused e) {
            if (!Refusal.isInUse(e)) throw e;
            return find(initiator).map(Items.Host::name).orElseThrow(() -> e);
        }
    }

    private String createSecond(Initiator initiator) {
        var name = NAMES.second(initiator);
        try {
            return create(initiator, name);
        } catch (ObjectExists e) {
            return ours(initiator, name).orElseThrow(() -> e);
        }
    }

    private String create(Initiator initiator, String name) {
        rest.run(Call.post("create host \"%s\"".formatted(name), PATH)
                .with("names", name)
                .body(listName(initiator), List.of(initiator.qualifiedName())));
        return name;
    }

    /**
     * The host of this name if it is the initiator's: then an answer was lost, or another thread was quicker.
     *
     * @throws ObjectMissing if it has gone in the meantime
     */
    private Optional<String> ours(Initiator initiator, String name) {
        return Optional.of(rest.made(
                        Call.get("look at host \"%s\"".formatted(name), PATH).with("names", name), Items.Host.class))
                .filter(host -> has(host, initiator))
                .map(Items.Host::name);
    }

    /**
     * Deletes a host that nothing is connected to any more. One with settings of the administrator's stays: they would be
     * lost with it.
     */
    void deleteUnused(Initiator initiator, Items.Host host) {
        if (hasSettings(host)) return;
        known.forget(initiator);
        try {
            rest.run(Call.delete("delete host \"%s\"".formatted(host.name()), PATH)
                    .with("names", host.name()));
        } catch (ObjectMissing e) {
            // gone already
        } catch (ArrayRefused e) {
            if (!Refusal.isConnected(e)) throw e; // connected again, or by another pool: it stays
        }
    }

    private static boolean hasSettings(Items.Host host) {
        var chap = host.chap();
        return !Items.Reference.nameOf(host.group()).isEmpty()
                || chap != null && (isSet(chap.hostUser()) || isSet(chap.targetUser()))
                || isSet(host.personality())
                || host.preferredArrays() != null && !host.preferredArrays().isEmpty()
                || isSet(host.vlan()) && !"any".equals(host.vlan())
                || size(host.iqns()) + size(host.nqns()) + size(host.wwns()) > 1;
    }

    private static boolean has(Items.Host host, Initiator initiator) {
        var names = initiator.protocol() == Protocol.ISCSI ? host.iqns() : host.nqns();
        return names != null && names.stream().anyMatch(initiator.qualifiedName()::equalsIgnoreCase);
    }

    private static String listName(Initiator initiator) {
        return initiator.protocol() == Protocol.ISCSI ? "iqns" : "nqns";
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private static int size(@Nullable List<String> list) {
        return list == null ? 0 : list.size();
    }
}
