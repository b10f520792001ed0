package io.stowage.array.wsapi.rest;

import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object in a request; {@code null} is the same as absent. What has the wrong form is refused as
 * the array does: wrong type 39, empty text 45, out of range 43 or 115, no such choice 46, missing 40, unknown 12.
 */
public final class Input {
    private final ObjectNode json;

    private Input(ObjectNode json) {
        this.json = json;
    }

    /** No members. */
    static Input none() {
        return new Input(Json.object());
    }

    public static Input of(ObjectNode json) {
        return new Input(json);
    }

    /** @throws Refusal it isn't a JSON object */
    static Input parse(byte[] body) {
        if (body.length == 0) {
            return none();
        }
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (MalformedJson e) {
            throw Problem.JSON_SYNTAX_ERR.refusal();
        }
        if (tree instanceof ObjectNode object) {
            return new Input(object);
        }
        throw Problem.NOT_JSON_OBJ.refusal();
    }

    /** Refuses members of any other name. */
    public void allow(Set<String> known) {
        for (var name : json.propertyNames()) {
            if (!known.contains(name)) {
                throw Problem.INV_INPUT.of(name);
            }
        }
    }

    /** As {@link #allow(Set)}. */
    public void allow(String... known) {
        allow(Set.of(known));
    }

    public boolean has(String name) {
        return present(name).isPresent();
    }

    /** Whether there is at least one of these. */
    public boolean hasAny(String... names) {
        for (var name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses two members that exclude each other. */
    public void exclude(String one, String other) {
        if (has(one) && has(other)) {
            throw Problem.PARAM_CONFLICT.of(one + "," + other);
        }
    }

    /** A text that isn't empty. */
    public Optional<String> text(String name) {
        return anyText(name).map(text -> {
            if (text.isEmpty()) {
                throw Problem.EMPTY_STR.of(name);
            }
            return text;
        });
    }

    /** A text that isn't empty, and has a limit. */
    public Optional<String> text(String name, int longest) {
        return text(name).map(text -> limited(name, text, longest));
    }

    /** A text that may be empty. */
    public Optional<String> anyText(String name) {
        return present(name).map(node -> textOf(name, node));
    }

    /** A text that may be empty, and has a limit. */
    public Optional<String> anyText(String name, int longest) {
        return anyText(name).map(text -> limited(name, text, longest));
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> Problem.MISSING_REQUIRED.of(name));
    }

    /** A name that an object is to have. */
    public Optional<String> name(String name, int longest) {
        return text(name).map(text -> Names.require(name, text, longest));
    }

    /** A name that an object is to have, and which has to be there. */
    public String requiredName(String name, int longest) {
        return Names.require(name, requiredText(name), longest);
    }

    /** A whole number. */
    public Optional<Long> number(String name, long least, long most) {
        return anyNumber(name).map(number -> {
            if (number < least) {
                throw Problem.BELOW_RANGE.of(name);
            } else if (number > most) {
                throw Problem.EXCEEDS_RANGE.of(name);
            }
            return number;
        });
    }

    /** A whole number of any size that 64 bits hold. */
    public Optional<Long> anyNumber(String name) {
        return present(name).map(node -> {
            if (!node.isIntegralNumber()) {
                throw Problem.WRONG_TYPE.of(name);
            } else if (!node.canConvertToLong()) {
                throw Problem.EXCEEDS_RANGE.of(name);
            }
            return node.longValue();
        });
    }

    /** One of the numbers from 1 that the API has for choices. */
    public Optional<Integer> choice(String name, int most) {
        return anyNumber(name).map(number -> {
            if (number < 1 || number > most) {
                throw Problem.BAD_ENUM_VALUE.of(name);
            }
            return number.intValue();
        });
    }

    public Optional<Boolean> flag(String name) {
        return present(name).map(node -> {
            if (!node.isBoolean()) {
                throw Problem.WRONG_TYPE.of(name);
            }
            return node.booleanValue();
        });
    }

    /** Whether a member is there and true. */
    public boolean isSet(String name) {
        return flag(name).orElse(false);
    }

    /** A list of texts that aren't empty; empty without it. */
    public List<String> texts(String name) {
        return list(name, element -> {
            var text = textOf(name, element);
            if (text.isEmpty()) {
                throw Problem.EMPTY_STR.of(name);
            }
            return text;
        });
    }

    public Optional<Input> object(String name) {
        return present(name).map(node -> objectOf(name, node));
    }

    /** A list of objects; empty without it. */
    public List<Input> objects(String name) {
        return list(name, element -> objectOf(name, element));
    }

    private <T> List<T> list(String name, Function<JsonNode, T> element) {
        var list = new ArrayList<T>();
        present(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw Problem.WRONG_TYPE.of(name);
            }
            node.forEach(each -> list.add(element.apply(each)));
        });
        return List.copyOf(list);
    }

    private static String limited(String name, String text, int longest) {
        if (text.length() > longest) {
            throw Problem.EXCEEDS_LENGTH.of(name);
        }
        return text;
    }

    private static String textOf(String name, JsonNode node) {
        if (!node.isString()) {
            throw Problem.WRONG_TYPE.of(name);
        }
        return node.stringValue();
    }

    private static Input objectOf(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Input(object);
        }
        throw Problem.WRONG_TYPE.of(name);
    }

    private Optional<JsonNode> present(String name) {
        return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
    }
}
