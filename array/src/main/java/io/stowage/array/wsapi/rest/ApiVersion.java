package io.stowage.array.wsapi.rest;

import io.stowage.web.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API says it is (section 3). Clients tell arrays apart by the build.
 *
 * @param build 100000000 and more is an Alletra
 */
public record ApiVersion(int major, int minor, int revision, int build) {
    public static final ApiVersion USUAL = new ApiVersion(1, 12, 0, 100_000_050);

    ObjectNode json() {
        return Json.object()
                .put("major", major)
                .put("minor", minor)
                .put("revision", revision)
                .put("build", build);
    }
}
