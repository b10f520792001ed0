package io.stowage.server.api;

import io.stowage.engine.Described;
import io.stowage.engine.Project;
import io.stowage.engine.Projects;
import io.stowage.engine.Volume;
import io.stowage.engine.Volumes;
import io.stowage.server.view.ProjectView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code /1.0/projects}. A restricted client sees those that are open to it. */
final class ProjectResource {
    private static final String ONE = "/1.0/projects/{project}";

    private final Projects projects;
    private final Volumes volumes;
    private final Events events;

    ProjectResource(Projects projects, Volumes volumes, Events events) {
        this.projects = projects;
        this.volumes = volumes;
        this.events = events;
    }

    void addTo(Router router) {
        router.get("/1.0/projects", this::list)
                .post("/1.0/projects", this::create)
                .get(ONE, this::get)
                .put(ONE, this::put)
                .patch(ONE, this::patch)
                .post(ONE, this::rename)
                .delete(ONE, this::delete)
                .get(ONE + "/state", this::state);
    }

    private Response list(Call call) {
        var shown = projects.list().stream()
                .filter(project -> call.caller().mayUse(project.name()))
                .toList();
        if (!call.recursive()) {
            return Envelope.sync(
                    shown.stream().map(project -> Urls.project(project.name())).toList());
        }
        var all = volumes.list();
        return Envelope.sync(shown.stream().map(project -> view(project, all)).toList());
    }

    private Project find(Call call) {
        var name = call.path("project");
        call.caller().requireProject(name);
        return projects.get(name);
    }

    private Response get(Call call) {
        var project = find(call);
        return Envelope.sync(view(project, volumes.list()), etag(project));
    }

    private Response create(Call call) throws Exception {
        var body = call.body();
        var name = body.text("name");
        projects.create(name, body.text("description"), body.config());
        tell(call, "project-created", name, Map.of());
        return Envelope.created(Urls.project(name));
    }

    private Response put(Call call) throws Exception {
        var body = call.body();
        var config = body.config();
        return update(call, body, project -> project.described().replaced(config));
    }

    private Response patch(Call call) throws Exception {
        var body = call.body();
        var config = body.config();
        return update(call, body, project -> project.described().merged(config));
    }

    private Response update(Call call, Body body, Function<Project, Described> change) {
        var name = call.path("project");
        var description = body.optionalText("description");
        projects.update(name, project -> {
            call.requireMatch(etag(project));
            return change.apply(project).with(description);
        });
        tell(call, "project-updated", name, Map.of());
        return Envelope.done();
    }

    private Response rename(Call call) throws Exception {
        var name = call.path("project");
        var newName = call.body().text("name");
        projects.rename(name, newName);
        tell(call, "project-renamed", newName, Map.of("old_name", name));
        return Envelope.created(Urls.project(newName));
    }

    private Response delete(Call call) {
        var name = call.path("project");
        projects.delete(name);
        tell(call, "project-deleted", name, Map.of());
        return Envelope.done();
    }

    private void tell(Call call, String action, String name, Map<String, String> context) {
        events.lifecycle(call, action, Urls.project(name), context, name, null);
    }

    private Response state(Call call) {
        find(call);
        return Envelope.sync(Map.of("resources", Map.of()));
    }

    private static ProjectView view(Project project, List<Volume> volumes) {
        var usedBy = new ArrayList<String>();
        usedBy.add(Urls.defaultProfile(project.name()));
        volumes.stream()
                .map(Volume::name)
                .filter(volume -> volume.project().equals(project.name()))
                .map(Urls::volume)
                .forEach(usedBy::add);
        return ProjectView.of(project, usedBy);
    }

    private static String etag(Project project) {
        return Etag.of(project.name(), project.description(), new TreeMap<>(project.config()));
    }
}
