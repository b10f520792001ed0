package io.stowage.array.wsapi.host;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /hosts} (section 9). */
public final class HostCalls {
    private static final int PERSONAS = 11;
    private static final String USUAL_PERSONA = "2";
    private static final int TCP = 2;
    private static final int ADD = 1;
    private static final int MOST_PATHS = 1024;
    private static final int MOST = 8192;

    private final Estate estate;
    private final Ports ports;

    public HostCalls(Estate estate, Ports ports) {
        this.estate = estate;
        this.ports = ports;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "hosts", this::list),
                new Endpoint("POST", "hosts", this::create),
                new Endpoint("GET", "hosts/*", this::get),
                new Endpoint("PUT", "hosts/*", this::modify),
                new Endpoint("DELETE", "hosts/*", this::delete));
    }

    private Answer list(Call call) {
        var query = call.query(HostView.QUERIED);
        var paths = ports.paths();
        return estate.read(objects -> Answer.members(objects.hosts().stream()
                .map(host -> HostView.json(host, paths))
                .filter(query::matches)
                .toList()));
    }

    private Answer get(Call call) {
        var paths = ports.paths();
        return estate.read(objects -> Answer.of(HostView.json(Hosts.require(objects, call.name()), paths)));
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow(
                "name",
                "domain",
                "persona",
                "forceTearDown",
                "descriptors",
                "FCWWNs",
                "iSCSINames",
                "NQN",
                "transportType",
                "port");
        var name = input.requiredName("name", Names.LONGEST);
        if (input.has("domain")) {
            throw Problem.NON_EXISTENT_DOMAIN.of("domain");
        }
        var initiators = Initiators.in(input);
        requireTransport(input, initiators);
        var attributes = new HashMap<String, String>();
        attributes.put(Hosts.PERSONA, persona(input).orElse(USUAL_PERSONA));
        Descriptors.put(input, attributes);
        estate.change(draft -> create(draft, name, initiators.all(), attributes));
        return Answer.created("hosts", name);
    }

    private static void requireTransport(Input input, Initiators initiators) {
        input.anyNumber("transportType").ifPresent(type -> {
            if (type != TCP) {
                throw Problem.BAD_ENUM_VALUE.of("transportType");
            }
            if (!initiators.isNvme()) {
                throw Problem.ONE_REQUIRED.of(Initiators.NQN);
            }
        });
    }

    private static Optional<String> persona(Input input) {
        return input.choice("persona", PERSONAS).map(number -> Integer.toString(number));
    }

    private static Host create(Draft draft, String name, List<String> initiators, Map<String, String> attributes) {
        var objects = draft.objects();
        if (objects.host(name).isPresent()) {
            throw Problem.EXISTENT_HOST.refusal();
        }
        if (objects.hosts().size() >= MOST) {
            throw Problem.TOO_MANY.refusal();
        }
        requireFree(objects, initiators, Optional.empty());
        attributes.put(Hosts.NUMBER, Integer.toString(Numbers.next(draft, "host")));
        var host = new Host(UUID.randomUUID(), name, initiators, Optional.empty(), attributes);
        draft.put(host);
        return host;
    }

    /** No other host has one of these. */
    private static void requireFree(Objects objects, List<String> initiators, Optional<Host> itself) {
        if (initiators.size() > MOST_PATHS) {
            throw Problem.INV_INPUT.refusal();
        }
        for (var initiator : initiators) {
            if (objects.hostOf(initiator)
                    .filter(other -> !isSame(itself, other))
                    .isPresent()) {
                throw Problem.EXISTENT_PATH.refusal();
            }
        }
    }

    private static boolean isSame(Optional<Host> one, Host other) {
        return one.filter(host -> host.id().equals(other.id())).isPresent();
    }

    private Answer modify(Call call) {
        var input = call.input();
        input.allow(
                "newName",
                "persona",
                "descriptors",
                "pathOperation",
                "FCWWNs",
                "iSCSINames",
                "forcePathRemoval",
                Chap.OPERATION,
                Chap.MODE,
                Chap.NAME,
                Chap.SECRET,
                Chap.HEX,
                Chap.TARGET_ONLY);
        var newName = input.name("newName", Names.LONGEST);
        var named = Initiators.in(input).all();
        var operation = input.choice("pathOperation", 2);
        if (operation.isEmpty() && input.hasAny("FCWWNs", "iSCSINames")) {
            throw Problem.ONE_REQUIRED.of("pathOperation");
        }
        if (operation.isPresent() && named.isEmpty()) {
            throw Problem.ONE_REQUIRED.of("FCWWNs,iSCSINames");
        }
        return estate.change(draft -> {
            var host = Hosts.require(draft.objects(), call.name());
            var changed = operation.isEmpty()
                    ? host
                    : host.withInitiators(
                            operation.get() == ADD
                                    ? added(draft.objects(), host, named)
                                    : removed(draft.objects(), host, named, input.isSet("forcePathRemoval")));
            if (newName.isPresent()) {
                changed = renamed(draft.objects(), changed, newName.get());
            }
            var attributes = new HashMap<>(changed.attributes());
            persona(input).ifPresent(number -> attributes.put(Hosts.PERSONA, number));
            Descriptors.put(input, attributes);
            draft.put(changed.withAttributes(attributes).withChap(Chap.changed(host, input)));
            return newName.map(name -> Answer.done().at("hosts", name)).orElseGet(Answer::done);
        });
    }

    private static Host renamed(Objects objects, Host host, String name) {
        if (objects.host(name)
                .filter(other -> !isSame(Optional.of(host), other))
                .isPresent()) {
            throw Problem.EXISTENT_HOST.refusal();
        }
        return host.withName(name);
    }

    private static List<String> added(Objects objects, Host host, List<String> named) {
        var all = new ArrayList<>(host.initiators());
        for (var initiator : named) {
            if (host.owns(initiator)) {
                throw Problem.EXISTENT_PATH.refusal();
            }
            all.add(initiator);
        }
        var kinds = Initiators.of(host.withInitiators(all));
        if (!kinds.wwns().isEmpty() && !kinds.iqns().isEmpty() || kinds.isNvme()) {
            throw Problem.PARAM_CONFLICT.refusal();
        }
        requireFree(objects, all, Optional.of(host));
        var types = new HashSet<>(host.withInitiators(all).initiatorTypes());
        types.removeAll(host.initiatorTypes());
        for (var type : types) { // by which it sees what is exported to ports
            Hosts.requireDistinct(objects.connectionsOfHost(host.id()), objects.connectionsTo(type));
        }
        return all;
    }

    private static List<String> removed(Objects objects, Host host, List<String> named, boolean force) {
        var left = new ArrayList<>(host.initiators());
        for (var initiator : named) {
            if (!left.removeIf(initiator::equalsIgnoreCase)) {
                throw Problem.NON_EXISTENT_PATH.refusal();
            }
        }
        if (!force && !objects.connectionsOfHost(host.id()).isEmpty()) {
            throw Problem.EXPORTED_VLUN.refusal();
        }
        return left;
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            var host = Hosts.require(draft.objects(), call.name());
            if (!draft.objects().privateConnections(host.id()).isEmpty()
                    || !draft.objects().exportsToHost(host.id()).isEmpty()) {
                throw Problem.EXPORTED_VLUN.refusal();
            }
            if (!host.groups().isEmpty()) {
                throw Problem.HOST_IN_SET.refusal();
            }
            draft.remove(host);
            return Answer.done();
        });
    }
}
