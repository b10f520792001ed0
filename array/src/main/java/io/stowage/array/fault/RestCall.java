package io.stowage.array.fault;

import java.util.List;

/**
 * A management request, as switches look at it.
 *
 * @param path below {@code /api/2.X/}, for example {@code volumes/space}
 * @param objects the names of objects in its query
 */
public record RestCall(String method, String path, List<String> objects) {
    public RestCall {
        objects = List.copyOf(objects);
    }
}
