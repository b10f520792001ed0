package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Logins;
import io.stowage.array.core.Logins.Login;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ports/initiators}: who is logged in, one item for each session. */
final class PortInitiators implements Resource<Login> {
    private final Estate estate;
    private final Ports ports;
    private final Logins logins;

    PortInitiators(Estate estate, Ports ports, Logins logins) {
        this.estate = estate;
        this.ports = ports;
        this.logins = logins;
    }

    Answer list(Call call) {
        var sessions = logins.now();
        return estate.read(objects -> Listing.page(this, objects, call, sessions));
    }

    @Override
    public Collection<Login> all(Objects objects) {
        return logins.now();
    }

    /** Sessions have no names. */
    @Override
    public Optional<Login> named(Objects objects, String name) {
        return Optional.empty();
    }

    @Override
    public String name(Objects objects, Login login) {
        return login.initiator() + " " + Ports.text(login.portal()) + " " + Ports.text(login.from());
    }

    @Override
    public String missing() {
        return Wording.INITIATOR_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Login login, ApiVersion version) {
        var item = Json.object();
        var isNvme = login.initiator().toLowerCase(Locale.ROOT).startsWith("nqn.");
        item.set(
                "initiator",
                Json.object()
                        .put("iqn", isNvme ? null : login.initiator())
                        .put("nqn", isNvme ? login.initiator() : null)
                        .putNull("wwn")
                        .put("portal", Ports.text(login.from())));
        item.set("target", ports.portOf(login.portal()));
        return item;
    }
}
