package io.stowage.driver.alletra;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.Initiator;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.HostNames;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.model.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Host objects: found by the initiator's name, whatever they are called; made when there is none. */
final class Hosts {
    /**
     * A host object.
     *
     * @param ours whether we have made it, and so may delete it
     */
    record Host(String name, boolean ours) {}

    private static final String PATH = "hosts";
    private static final HostNames NAMES = new HostNames(31);
    private static final String MARK = "Made by Stowage";
    private static final int TCP = 2;

    private final Wsapi wsapi;
    private final KnownHosts<Host> known;

    Hosts(Wsapi wsapi, KnownHosts<Host> known) {
        this.wsapi = wsapi;
        this.known = known;
    }

    KnownHosts<Host> known() {
        return known;
    }

    /** The host object of this initiator; it may have gone by now. */
    Optional<Host> find(Initiator initiator) {
        return known.find(initiator).or(() -> look(initiator));
    }

    /** The host object of this initiator; made if there is none. It may have gone by now. */
    Host ensure(Initiator initiator) {
        return known.find(initiator).orElseGet(() -> known.put(initiator, create(initiator)));
    }

    private Optional<Host> look(Initiator initiator) {
        return wsapi.members(Call.get("list the hosts", PATH), Items.Host.class).stream()
                .filter(item -> item.has(initiator.qualifiedName()))
                .findFirst()
                .map(item -> known.put(
                        initiator, new Host(item.name(), item.comment().startsWith(MARK))));
    }

    /** Tries to make it before it is looked for: mostly there is none when we don't know it. */
    private Host create(Initiator initiator) {
        var usual = NAMES.of(initiator);
        var answer = create(initiator, usual);
        if (answer.isFine()) return new Host(usual, true);
        var there = look(initiator);
        if (there.isPresent()) return there.get();
        // Never take the name's object over: it is another machine's, which would lose its volumes.
        var second = answer.code() == Code.HOST_EXISTS ? NAMES.second(initiator) : usual;
        var again = create(initiator, second);
        if (!again.isFine()) throw new ObjectExists("create host \"%s\"".formatted(second), again.words());
        return new Host(second, true);
    }

    private Answer create(Initiator initiator, String name) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", name);
        body.put("descriptors", Map.of("comment", MARK));
        if (initiator.protocol() == Protocol.ISCSI) {
            body.put("iSCSINames", List.of(initiator.qualifiedName()));
        } else {
            body.put("NQN", initiator.qualifiedName());
            body.put("transportType", TCP);
        }
        return wsapi.send(
                Call.post("create host \"%s\"".formatted(name), PATH).body(body), Code.HOST_EXISTS, Code.PATH_TAKEN);
    }

    /** Deletes a host object of ours if nothing is connected to it: the array knows. */
    void deleteUnused(Initiator initiator, Host host) {
        if (!host.ours()) return;
        var call =
                Call.delete("delete host \"%s\"".formatted(host.name()), PATH).below(host.name());
        try {
            var answer = wsapi.send(call, Code.NO_HOST, Code.EXPORTED, Code.IN_HOST_SET, Code.IN_USE);
            if (answer.isFine() || answer.code() == Code.NO_HOST) known.forget(initiator);
        } catch (ArrayRefused e) {
            known.forget(initiator); // whatever it is, it is looked at anew
            throw e;
        }
    }
}
