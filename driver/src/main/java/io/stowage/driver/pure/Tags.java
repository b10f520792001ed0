package io.stowage.driver.pure;

import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags of our namespace on volumes ({@code volumes}) or snapshots ({@code volume-snapshots}). */
final class Tags {
    private static final String NAMESPACE = "stowage";

    private final Rest rest;
    private final String collection;

    Tags(Rest rest, String collection) {
        this.rest = rest;
        this.collection = collection;
    }

    /** Sets these tags in one step (at most 30); others of the object stay. Copies of the object don't get them. */
    void put(String object, Map<String, String> tags) {
        rest.run(Call.put("write tags of \"%s\"".formatted(object), collection + "/tags/batch")
                .with("resource_names", object)
                .body(batch(tags)));
    }

    /** Tags as they stand in bodies. */
    static List<Map<String, Object>> batch(Map<String, String> tags) {
        var batch = new ArrayList<Map<String, Object>>();
        tags.forEach((key, value) -> {
            var tag = new LinkedHashMap<String, Object>();
            tag.put("key", key);
            tag.put("value", value);
            tag.put("namespace", NAMESPACE);
            tag.put("copyable", false);
            batch.add(tag);
        });
        return batch;
    }

    /** The tags of one object, destroyed ones included; none if it isn't there. */
    Map<String, String> of(String object, boolean destroyed) {
        var call = Call.get("read the tags of \"%s\"".formatted(object), collection + "/tags")
                .with("resource_names", object)
                .with("namespaces", NAMESPACE);
        try {
            return byObject(rest.items(destroyed ? call.with("resource_destroyed", "true") : call, Items.Tag.class))
                    .values()
                    .stream()
                    .findFirst()
                    .orElse(Map.of());
        } catch (ObjectMissing e) {
            return Map.of();
        }
    }

    /** The tags of all objects of the array that have some of ours, by the objects' names. */
    Map<String, Map<String, String>> all() {
        return byObject(rest.items(
                Call.get("read the tags", collection + "/tags")
                        .with("namespaces", NAMESPACE)
                        .with("resource_destroyed", "false"),
                Items.Tag.class));
    }

    private static Map<String, Map<String, String>> byObject(List<Items.Tag> tags) {
        var objects = new LinkedHashMap<String, Map<String, String>>();
        for (var tag : tags)
            if (tag.namespace() == null || tag.namespace().equals(NAMESPACE))
                objects.computeIfAbsent(Items.Reference.nameOf(tag.resource()), _ -> new LinkedHashMap<>())
                        .put(tag.key(), tag.value());
        return objects;
    }
}
