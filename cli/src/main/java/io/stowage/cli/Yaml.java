package io.stowage.cli;

import io.stowage.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** JSON values as YAML. */
final class Yaml {
    private Yaml() {}

    static String write(Json value) {
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(plain(value));
    }

    /** @throws Wrong it isn't YAML */
    static Json read(String text) {
        try {
            return json(new Load(LoadSettings.builder().setLabel("the text").build()).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new Wrong(
                    "That is not YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s*\n\\s*", " "));
        }
    }

    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.NULL;
            case Map<?, ?> map -> {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((key, member) -> members.put(String.valueOf(key), json(member)));
                yield Json.of(members);
            }
            case List<?> list -> Json.of(list.stream().map(Yaml::json).toList());
            // Config values are texts, and people leave the quotes out.
            default -> Json.of(String.valueOf(value));
        };
    }

    private static @Nullable Object plain(Json value) {
        return switch (value) {
            case Json.Null _ -> null;
            case Json.Bool(var flag) -> flag;
            case Json.Num(var text) -> number(text);
            case Json.Str(var text) -> text;
            case Json.Arr(var items) -> plain(items);
            case Json.Obj(var members) -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                members.forEach((key, member) -> map.put(key, plain(member)));
                yield map;
            }
        };
    }

    private static Number number(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return Double.valueOf(text);
    }

    private static List<@Nullable Object> plain(List<Json> items) {
        List<@Nullable Object> list = new java.util.ArrayList<>();
        items.forEach(item -> list.add(plain(item)));
        return list;
    }
}
