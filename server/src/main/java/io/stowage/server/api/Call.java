package io.stowage.server.api;

import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import io.stowage.web.Request;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One request on its route. */
record Call(Request request, Map<String, String> path, Caller caller, Projects projects) {
    /** JSON of a request; LXD's longest are configs of some kilobytes. Bytes. */
    private static final int BODY_LIMIT = 1 << 20;

    /** The value of a name in the route's pattern. */
    String path(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("The route has no {" + name + "}");
        }
        return value;
    }

    /** A query parameter; empty when it is absent. */
    String query(String name) {
        return request.query().first(name).orElse("");
    }

    /** Whether objects are wanted instead of URLs: {@code recursion=1} or more, {@code 1;fields=…} too. */
    boolean recursive() {
        var depth = query("recursion").split(";", 2)[0];
        return depth.matches("[0-9]{1,9}") && Integer.parseInt(depth) > 0;
    }

    /**
     * The project whose volumes are meant: the default one if the one in the query has none of its own.
     *
     * @throws ApiError 403 it isn't open to the caller
     * @throws io.stowage.engine.Refused NOT_FOUND it isn't there
     */
    String project() {
        return volumesOf(projectAsked());
    }

    /** The project in the query, as it stands there. */
    String projectAsked() {
        var project = query("project");
        return project.isEmpty() ? VolumeName.DEFAULT_PROJECT : project;
    }

    /**
     * The project whose volumes a project works with.
     *
     * @throws ApiError 403 it isn't open to the caller
     * @throws io.stowage.engine.Refused NOT_FOUND it isn't there
     */
    String volumesOf(String project) {
        caller.requireProject(project);
        if (project.equals(VolumeName.DEFAULT_PROJECT)) {
            return project; // its features can't be changed
        }
        return projects.get(project).hasOwnVolumes() ? project : VolumeName.DEFAULT_PROJECT;
    }

    /**
     * Which projects a list is about: all that are open to the caller, or the one in the query.
     *
     * @throws ApiError 400, 403 and Refused as {@link #allProjects} and {@link #project} do
     */
    Predicate<String> projectFilter() {
        return allProjects() ? openProjects() : project()::equals;
    }

    /** The projects whose volumes the caller may see, through whichever project. */
    Predicate<String> openProjects() {
        if (caller.administers()) {
            return _ -> true;
        }
        return projects.list().stream()
                .filter(project -> caller.mayUse(project.name()))
                .map(project -> project.hasOwnVolumes() ? project.name() : VolumeName.DEFAULT_PROJECT)
                .collect(Collectors.toSet())::contains;
    }

    /**
     * Whether the list is about all projects.
     *
     * @throws ApiError 400 a project is named too
     */
    boolean allProjects() {
        var all = query("all-projects").equalsIgnoreCase("true")
                || query("all-projects").equals("1");
        if (all && !query("project").isEmpty()) {
            throw ApiError.badRequest("Cannot specify a project when requesting all projects");
        }
        return all;
    }

    /** The pool, volume and project in the path. */
    VolumeName volume() {
        var name = path("volume");
        if (name.contains("/")) {
            throw ApiError.badRequest("Invalid storage volume \"%s\"".formatted(name));
        }
        return new VolumeName(project(), path("pool"), name);
    }

    SnapshotName snapshot() {
        return volume().snapshot(path("snapshot"));
    }

    /**
     * An identifier in the path.
     *
     * @throws ApiError 404 with this message when it is none: then there can be no such object
     */
    UUID id(String name, String missing) {
        try {
            return UUID.fromString(path(name));
        } catch (IllegalArgumentException e) {
            throw ApiError.notFound(missing);
        }
    }

    /** The body, which must be a JSON object. */
    Body body() throws IOException {
        return Body.parse(request.body(BODY_LIMIT));
    }

    /**
     * Compares {@code If-Match} with the object as it is now.
     *
     * @throws Refused CHANGED it was changed in between
     */
    void requireMatch(String etag) {
        var wanted = request.header("If-Match").orElse("").strip();
        var unquoted = wanted.length() > 1 && wanted.startsWith("\"") && wanted.endsWith("\"")
                ? wanted.substring(1, wanted.length() - 1)
                : wanted;
        if (!wanted.isEmpty() && !unquoted.equals(etag)) {
            throw new Refused(
                    Refused.Kind.CHANGED,
                    ("ETag does not match: %s vs %s. The configuration has been modified since this change began."
                                    + " Please retrieve it again and repeat the change")
                            .formatted(etag, unquoted));
        }
    }
}
