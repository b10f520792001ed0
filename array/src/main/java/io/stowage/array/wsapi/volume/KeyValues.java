package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Tag;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Notes that clients leave on objects: the sub-resource {@code objectKeyValues} (section 10). */
public final class KeyValues {
    private static final String NAMESPACE = "objectKeyValues";
    private static final int LONGEST_KEY = 31;
    private static final int LONGEST_VALUE = 511;
    private static final int MOST = 1024;

    /** What clients know to be refused. */
    private static final Pattern ILLEGAL = Pattern.compile("[!@#$%&^]");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Estate estate;
    private final BiFunction<Objects, String, UUID> owner;

    /**
     * Of one kind of objects.
     *
     * @param owner the id of the object with this name, or a refusal
     */
    public KeyValues(Estate estate, BiFunction<Objects, String, UUID> owner) {
        this.estate = estate;
        this.owner = owner;
    }

    /** @param path of the objects, such as {@code volumes} */
    public List<Endpoint> rows(String path) {
        var all = path + "/*/" + NAMESPACE;
        return List.of(
                new Endpoint("GET", all, this::list),
                new Endpoint("POST", all, call -> create(call).at(path, call.name(), NAMESPACE, key(call))),
                new Endpoint("GET", all + "/*", this::get),
                new Endpoint("PUT", all + "/*", this::update),
                new Endpoint("DELETE", all + "/*", this::delete));
    }

    private Answer list(Call call) {
        return estate.read(objects -> Answer.members(objects.tagsOf(owner.apply(objects, call.name())).stream()
                .filter(tag -> tag.namespace().equals(NAMESPACE))
                .map(KeyValues::json)
                .toList()));
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(json(require(objects, call))));
    }

    private static String key(Call call) {
        return call.input().requiredText("key");
    }

    private Answer create(Call call) {
        call.input().allow("key", "value");
        var key = legal("key", key(call), LONGEST_KEY);
        var value = value(call);
        estate.change(draft -> {
            var resource = owner.apply(draft.objects(), call.name());
            if (find(draft.objects(), resource, key).isPresent()) {
                throw Problem.EXISTENT_OBJECT_KEY.refusal();
            }
            if (draft.objects().tagsOf(resource).size() >= MOST) {
                throw Problem.TOO_MANY.refusal();
            }
            draft.put(note(UUID.randomUUID(), resource, key, value, draft.now()));
            return key;
        });
        return Answer.created();
    }

    private Answer update(Call call) {
        call.input().allow("value");
        var value = value(call);
        return estate.change(draft -> {
            var old = require(draft.objects(), call);
            draft.put(note(
                    old.id(), old.resource(), old.key(), value, old.created().orElse(draft.now())));
            return Answer.done();
        });
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            draft.remove(require(draft.objects(), call));
            return Answer.done();
        });
    }

    private static Tag note(UUID id, UUID resource, String key, String value, Instant created) {
        return new Tag(id, resource, NAMESPACE, key, value, false, Optional.of(created));
    }

    private static String value(Call call) {
        return legal("value", call.input().requiredText("value"), LONGEST_VALUE);
    }

    private static String legal(String member, String text, int longest) {
        if (text.length() > longest) {
            throw Problem.EXCEEDS_LENGTH.of(member);
        }
        if (ILLEGAL.matcher(text).find()) {
            throw Problem.ILLEGAL_CHAR.of(member);
        }
        return text;
    }

    private Tag require(Objects objects, Call call) {
        return find(objects, owner.apply(objects, call.name()), call.names().getLast())
                .orElseThrow(Problem.NON_EXISTENT_OBJECT_KEY::refusal);
    }

    private static Optional<Tag> find(Objects objects, UUID resource, String key) {
        return objects.tagsOf(resource).stream()
                .filter(tag -> tag.namespace().equals(NAMESPACE) && tag.key().equals(key))
                .findFirst();
    }

    private static ObjectNode json(Tag tag) {
        var created = tag.created().orElse(Instant.EPOCH);
        var json = Json.object().put("key", tag.key()).put("value", tag.value());
        VolumeView.time(json, "creationTime", created);
        return json.put("date_added", DATE.format(created));
    }
}
