package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an administrator may write on the array without an effect on volumes; kept in the store.
 *
 * @param banner shown before a login
 * @param ntpServers where a real array takes the time from
 * @param scsiTimeoutMillis after which a host's command counts as lost
 */
record ArrayProfile(String banner, List<String> ntpServers, long scsiTimeoutMillis, boolean consoleLocked) {
    private static final String BANNER = "array.banner";
    private static final String NTP_SERVERS = "array.ntp";
    private static final String SCSI_TIMEOUT = "array.scsi.timeout";
    private static final String CONSOLE_LOCK = "array.console.lock";

    private static final int LONGEST_BANNER = 2000;
    private static final int MOST_SERVERS = 4;
    private static final long LONGEST_SCSI_TIMEOUT = 300_000;
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?");

    ArrayProfile {
        ntpServers = List.copyOf(ntpServers);
    }

    static ArrayProfile of(Objects objects) {
        return new ArrayProfile(
                objects.setting(BANNER).orElse(""),
                objects.setting(NTP_SERVERS)
                        .filter(servers -> !servers.isEmpty())
                        .map(servers -> List.of(servers.split(",", -1)))
                        .orElse(List.of()),
                objects.setting(SCSI_TIMEOUT).map(Long::parseLong).orElse(60_000L),
                objects.setting(CONSOLE_LOCK).map(Boolean::parseBoolean).orElse(false));
    }

    void save(Draft draft) {
        draft.put(new Setting(BANNER, banner));
        draft.put(new Setting(NTP_SERVERS, String.join(",", ntpServers)));
        draft.put(new Setting(SCSI_TIMEOUT, Long.toString(scsiTimeoutMillis)));
        draft.put(new Setting(CONSOLE_LOCK, Boolean.toString(consoleLocked)));
    }

    /** With what a body asks for. */
    ArrayProfile changed(Body body) {
        var wanted = new ArrayProfile(
                body.text("banner").orElse(banner),
                body.texts("ntp_servers").map(ArrayProfile::servers).orElse(ntpServers),
                body.number("scsi_timeout").orElse(scsiTimeoutMillis),
                body.flag("console_lock_enabled").orElse(consoleLocked));
        if (wanted.banner.length() > LONGEST_BANNER) {
            throw Refusal.of(Wording.invalidAttribute("banner"));
        }
        if (wanted.scsiTimeoutMillis <= 0 || wanted.scsiTimeoutMillis > LONGEST_SCSI_TIMEOUT) {
            throw Refusal.of(Wording.invalidAttribute("scsi_timeout"));
        }
        return wanted;
    }

    /** Clients clear the list with one empty name. */
    private static List<String> servers(List<String> names) {
        var servers = names.stream().filter(name -> !name.isEmpty()).toList();
        if (servers.size() > MOST_SERVERS
                || !servers.stream().allMatch(name -> SERVER.matcher(name).matches())) {
            throw Refusal.of(Wording.invalidAttribute("ntp_servers"));
        }
        return servers;
    }

    /** Puts them into the array's item. */
    void describe(ObjectNode item) {
        item.put("banner", banner)
                .put("scsi_timeout", scsiTimeoutMillis)
                .put("console_lock_enabled", consoleLocked)
                .set("ntp_servers", References.texts(ntpServers));
    }
}
