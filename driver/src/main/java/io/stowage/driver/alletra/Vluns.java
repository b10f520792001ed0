package io.stowage.driver.alletra;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.rest.Call;
import io.stowage.model.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which hosts see which volumes. The array lists a connection once, and once more for each path that is logged in. */
final class Vluns {
    private static final System.Logger LOG = System.getLogger(Vluns.class.getName());
    private static final String PATH = "vluns";

    private final Wsapi wsapi;
    /** Numbers of connections that we have made, so that they needn't be looked for to end them. */
    private final Map<String, Integer> made = new ConcurrentHashMap<>();

    Vluns(Wsapi wsapi) {
        this.wsapi = wsapi;
    }

    /** Connects, and gives the unit number, whatever other hosts see the volume. */
    int connect(String host, String volume, Protocol protocol) {
        var body = new LinkedHashMap<String, Object>();
        body.put("volumeName", volume);
        body.put("hostname", host);
        body.put("lun", protocol == Protocol.ISCSI ? 0 : 1); // no namespace has the number 0
        body.put("autoLun", true);
        var call = Call.post("connect volume \"%s\" to host \"%s\"".formatted(volume, host), PATH)
                .body(body);
        var answer = wsapi.send(call, Code.OTHER, Code.LUN_TAKEN);
        var unit = answer.isFine() ? unit(answer) : Optional.<Integer>empty();
        int number = unit.or(() -> find(host, volume).map(Items.Vlun::lun))
                .orElseThrow(() -> answer.isFine()
                        ? wsapi.strange(call, "no connection")
                        : answer.code() == Code.LUN_TAKEN
                                ? new ArrayFull(call.doing(), answer.words())
                                : answer.refusal(call));
        made.put(key(host, volume), number);
        return number;
    }

    /** {@code volume,lun,host} */
    private static Optional<Integer> unit(Answer answer) {
        return answer.made()
                .map(text -> text.split(",", -1))
                .filter(parts -> parts.length >= 3 && parts[1].matches("[0-9]{1,5}"))
                .map(parts -> Integer.parseInt(parts[1]));
    }

    void disconnect(String host, String volume) {
        var known = made.remove(key(host, volume));
        if (known != null && delete(host, volume, known)) return;
        find(host, volume).ifPresent(vlun -> delete(host, volume, vlun.lun()));
    }

    /** Whether we have connected the host to more, so that the array needn't be asked. */
    boolean knowsMoreOf(String host) {
        return made.keySet().stream().anyMatch(key -> key.startsWith(key(host, "")));
    }

    /** Whether there was such a connection. */
    private boolean delete(String host, String volume, int unit) {
        return wsapi.send(
                        Call.delete("disconnect volume \"%s\" from host \"%s\"".formatted(volume, host), PATH)
                                .below("%s,%d,%s".formatted(volume, unit, host)),
                        Code.NO_VLUN,
                        Code.NO_HOST,
                        Code.NO_VOLUME)
                .isFine();
    }

    private Optional<Items.Vlun> find(String host, String volume) {
        return rows("volumeName", volume).stream()
                .filter(vlun -> vlun.isOf(host))
                .findFirst();
    }

    /** What a host is connected to, of all pools. */
    List<Items.Vlun> ofHost(String host) {
        return rows("hostname", host);
    }

    /** Disconnects a volume from whatever it is connected to. */
    void dropAll(String volume) {
        for (var vlun : rows("volumeName", volume)) {
            LOG.log(System.Logger.Level.WARNING, "volume {0} was still connected to {1}", volume, vlun.hostname());
            var host = vlun.hostname() == null ? "" : vlun.hostname();
            made.remove(key(host, volume));
            delete(host, volume, vlun.lun());
        }
    }

    private List<Items.Vlun> rows(String field, String value) {
        var call = Call.get("list the connections of \"%s\"".formatted(value), PATH)
                .with("query", "\"%s EQ %s\"".formatted(field, value));
        return wsapi.members(call, Items.Vlun.class, Code.NO_VLUN, Code.NO_HOST, Code.NO_VOLUME).stream()
                .filter(vlun -> !vlun.active())
                .toList();
    }

    private static String key(String host, String volume) {
        return host + " " + volume;
    }
}
