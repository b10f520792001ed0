package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /arrays}: the array itself. */
final class Arrays {
    private static final String OS = "Purity//FA";
    static final String RELEASE = "6.4.10";

    private final Estate estate;
    private final Identity identity;

    Arrays(Estate estate, Identity identity) {
        this.estate = estate;
        this.identity = identity;
    }

    /** Always the local array alone; {@code names}, which LXD sends, is not a parameter here. */
    Answer list(Call call) {
        return estate.read(objects -> {
            var array = item(objects, call.version());
            return Listing.page(rows(), objects, call, List.of(array));
        });
    }

    Answer space(Call call) {
        return estate.read(objects -> {
            var settings = ArraySettings.of(objects);
            var space = capacity(settings).put("time", estate.time().millis());
            space.set("space", figures(objects, call.version()));
            return Listing.page(rows(), objects, call, List.of(space));
        });
    }

    private static Rows rows() {
        return new Rows(List::of, Wording.ARRAY_MISSING);
    }

    /** The array as the one thing that other figures are about. */
    Rows itself() {
        return new Rows(() -> List.of(capacity(estate.<ArraySettings>read(ArraySettings::of))), Wording.ARRAY_MISSING);
    }

    private ObjectNode capacity(ArraySettings settings) {
        return Json.object()
                .put("name", settings.name())
                .put("id", identity.id().toString())
                .put("capacity", estate.usage().ofArray().capacity())
                .put("parity", 1.0);
    }

    private ObjectNode item(Objects objects, ApiVersion version) {
        var settings = ArraySettings.of(objects);
        var item = capacity(settings);
        item.set("space", figures(objects, version));
        item.set("eradication_config", SafeMode.describe(objects, version));
        item.put("idle_timeout", settings.idleTimeout().toMillis());
        ArrayProfile.of(objects).describe(item);
        item.set("encryption", encryption());
        return item.put("os", OS)
                .put("version", RELEASE)
                .put("time_zone", "UTC")
                .put("_as_of", estate.time().millis());
    }

    private static ObjectNode encryption() {
        var atRest = Json.object().put("algorithm", "none").put("enabled", false);
        var encryption = Json.object();
        encryption.set("data_at_rest", atRest);
        return encryption.putNull("module_version");
    }

    /** On the level of the array {@code total_provisioned} may be null, and is on real ones. */
    private ObjectNode figures(Objects objects, ApiVersion version) {
        return SpaceFigures.ofArray(objects, estate.usage())
                .json(version)
                .putNull("total_provisioned")
                .put("system", 0);
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny(
                "name",
                "idle_timeout",
                "eradication_config",
                "banner",
                "ntp_servers",
                "scsi_timeout",
                "console_lock_enabled");
        return estate.change(draft -> {
            var settings = ArraySettings.of(draft.objects());
            if (body.text("name").isPresent()) {
                settings = settings.withName(Names.array(body.text("name").get()));
            }
            if (body.number("idle_timeout").isPresent()) {
                settings = settings.withIdleTimeout(
                        idle(body.number("idle_timeout").get()));
            }
            settings.save(draft);
            body.object("eradication_config")
                    .ifPresent(config -> SafeMode.of(draft.objects())
                            .updated(config, call.version())
                            .save(draft));
            ArrayProfile.of(draft.objects()).changed(body).save(draft);
            return new Answer.Items(List.of(item(draft.objects(), call.version())));
        });
    }

    /** 5 minutes to 3 hours, rounded down to whole minutes, or 0 for none. */
    private static Duration idle(long millis) {
        if (millis != 0 && (millis < 300_000 || millis > 10_800_000)) {
            throw Refusal.of(Wording.invalidAttribute("idle_timeout"));
        }
        return Duration.ofMinutes(Duration.ofMillis(millis).toMinutes());
    }
}
