package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** {@code /subnets}: what interfaces can be attached to. They describe; what is reachable the host's network decides. */
final class Subnets implements Resource<Subnet> {
    private static final String SETTING = "subnets";
    private static final int MOST = 64;

    private final Estate estate;
    private final List<Interface> interfaces;

    Subnets(Estate estate, List<Interface> interfaces) {
        this.estate = estate;
        this.interfaces = List.copyOf(interfaces);
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "subnets", 0, this::list),
                new Endpoint("POST", "subnets", 0, this::create),
                new Endpoint("PATCH", "subnets", 0, this::update),
                new Endpoint("DELETE", "subnets", 0, this::delete));
    }

    private Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    private Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<Subnet>();
            for (var name : names) {
                Names.general("Subnet", name);
                if (named(draft.objects(), name).isPresent()) {
                    throw Refusal.of(name, Wording.SUBNET_EXISTS);
                }
                if (call.body().text("prefix").isEmpty()) {
                    throw Refusal.of(name, Wording.missingAttribute("prefix"));
                }
                var subnet = Subnet.fresh(name).changed(call.body());
                replaced(draft, all -> {
                    all.add(subnet);
                    return all;
                });
                made.add(subnet);
            }
            return made;
        });
    }

    private Answer update(Call call) {
        call.body().requireAny("name", "enabled", "prefix", "gateway", "vlan", "mtu");
        return Answer.Items.of(estate, this, call, draft -> {
            var changed = new ArrayList<Subnet>();
            for (var subnet : Listing.required(this, draft.objects(), call)) {
                changed.add(update(draft, subnet, call.body()));
            }
            return changed;
        });
    }

    private Subnet update(Draft draft, Subnet before, Body body) {
        var after = before.changed(body);
        var taken = named(draft.objects(), after.name());
        if (taken.filter(other -> !other.name().equals(before.name())).isPresent()) {
            throw Refusal.of(after.name(), Wording.SUBNET_EXISTS);
        }
        for (var attached : attached(draft.objects(), before)) {
            if (attached.address().filter(address -> !after.contains(address)).isPresent()) {
                throw Refusal.of(before.name(), Wording.SUBNET_OUTSIDE);
            }
            var state = attached.state(draft.objects());
            attached.save(draft, new Interface.State(state.enabled(), state.mtu(), after.name()));
        }
        replaced(draft, all -> {
            all.replaceAll(one -> one.name().equals(before.name()) ? after : one);
            return all;
        });
        return after;
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            for (var subnet : Listing.required(this, draft.objects(), call)) {
                if (!attached(draft.objects(), subnet).isEmpty()) {
                    throw Refusal.of(subnet.name(), Wording.SUBNET_IN_USE);
                }
                replaced(draft, all -> {
                    all.removeIf(one -> one.name().equals(subnet.name()));
                    return all;
                });
            }
            return new Answer.Empty();
        });
    }

    private static void replaced(Draft draft, UnaryOperator<List<Subnet>> change) {
        var all = change.apply(new ArrayList<>(stored(draft.objects())));
        if (all.size() > MOST) {
            throw Refusal.of(Wording.SUBNET_LIMIT);
        }
        draft.put(new Setting(SETTING, Json.text(all)));
    }

    private static List<Subnet> stored(Objects objects) {
        return objects.setting(SETTING)
                .map(json -> Json.read(json.getBytes(StandardCharsets.UTF_8), Subnet[].class))
                .map(Arrays::asList)
                .orElse(List.of());
    }

    private List<Interface> attached(Objects objects, Subnet subnet) {
        return interfaces.stream()
                .filter(one -> one.state(objects)
                        .subnetName()
                        .filter(subnet.name()::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public Collection<Subnet> all(Objects objects) {
        return stored(objects);
    }

    @Override
    public Optional<Subnet> named(Objects objects, String name) {
        return stored(objects).stream()
                .filter(subnet -> subnet.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public String name(Objects objects, Subnet subnet) {
        return subnet.name();
    }

    @Override
    public String missing() {
        return Wording.SUBNET_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Subnet subnet, ApiVersion version) {
        var attached = attached(objects, subnet);
        var item = Json.object()
                .put("name", subnet.name())
                .put("enabled", subnet.enabled())
                .put("prefix", subnet.prefix())
                .put("gateway", subnet.gatewayText().orElse(null))
                .put("vlan", subnet.vlan())
                .put("mtu", subnet.mtu());
        item.set(
                "services",
                References.texts(attached.stream()
                        .flatMap(one -> one.services().stream())
                        .distinct()
                        .toList()));
        var names = Json.array();
        attached.forEach(one -> names.add(References.toName(one.name())));
        item.set("interfaces", names);
        return item;
    }
}
