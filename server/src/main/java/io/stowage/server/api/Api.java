package io.stowage.server.api;

import io.stowage.engine.Attachments;
import io.stowage.engine.Backups;
import io.stowage.engine.Migrations;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Volumes;
import io.stowage.model.InvalidValue;
import io.stowage.server.migration.Peers;
import io.stowage.server.remote.Doors;
import io.stowage.server.view.HttpStatus;
import io.stowage.server.view.LoggingView;
import io.stowage.web.BodyTooLarge;
import io.stowage.web.Handler;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.MalformedJson;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The whole API: all routes, and what becomes of errors. */
public final class Api implements Handler, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private static final Set<String> AT_METRICS = Set.of("/", "/1.0", MetricsResource.PATH);

    private final Router router = new Router();
    private final RequestCounts requests = new RequestCounts();
    private final EventResource events;
    private final Events feed;
    private final ServerInfo info;
    private final Registry registry;

    public Api(
            ServerInfo info,
            Pools pools,
            Volumes volumes,
            Snapshots snapshots,
            Backups backups,
            Migrations migrations,
            Attachments attachments,
            Operations operations,
            Registry registry,
            Doors doors) {
        this.info = info;
        this.registry = registry;
        var clock = Clock.systemUTC();
        feed = new Events(clock);
        var remote = doors.main();
        var tokens = new TokenOperations(registry.trust(), remote);
        var peers = new Peers();
        var migrating = new Migrating(migrations, operations, peers);
        this.events = new EventResource(operations, feed);
        new ServerResource(info, pools, registry.settings(), doors, feed).addTo(router);
        new CertificateResource(registry.trust(), registry.settings(), remote, tokens, feed, clock).addTo(router);
        new MachineResource(info).addTo(router);
        new MetadataResource(pools).addTo(router);
        new PoolResource(pools, volumes, snapshots, registry.profiles()).addTo(router);
        new VolumeLists(pools, volumes, snapshots, registry.profiles()).addTo(router);
        new NewVolume(pools, volumes, backups, operations, migrating).addTo(router);
        new VolumeResource(pools, volumes, operations, registry.profiles(), migrating).addTo(router);
        new SnapshotResource(pools, snapshots, operations, migrating).addTo(router);
        new BackupResource(pools, backups, operations, registry.settings()).addTo(router);
        new AttachmentResource(pools, attachments, operations).addTo(router);
        new OperationResource(List.of(new EngineOperations(operations, peers), tokens)).addTo(router);
        events.addTo(router);
        new WarningResource(registry.warnings(), feed).addTo(router);
        new ProfileResource(registry.profiles(), feed).addTo(router);
        new ProjectResource(registry.projects(), volumes, feed).addTo(router);
        new MetricsResource(pools, volumes, snapshots, operations, registry, requests).addTo(router);
        AbsentResources.addTo(router);
    }

    @Override
    public Response handle(Request request) {
        return requests.count(request, () -> answer(request));
    }

    /** What is answered at the address for metrics: nothing else is there, but what a server says of itself, as with LXD. */
    public Handler metricsOnly() {
        return request -> request.method().equals("GET") && AT_METRICS.contains(request.rawPath())
                ? handle(request)
                : Envelope.error(404, "not found");
    }

    private Response answer(Request request) {
        if (request.method().equals("OPTIONS")) {
            return Response.empty(200); // a browser's question beforehand, which LXD answers so wherever it is asked
        }
        try {
            var caller = Caller.of(request.peer(), registry.trust());
            if (caller.isTrusted()) {
                Target.check(request, info.name());
            }
            var requestor = caller.identity();
            return requestor.isPresent() ? requestor.get().ask(() -> answer(request, caller)) : answer(request, caller);
        } catch (ApiError e) {
            return Envelope.error(e.status(), sentence(e));
        } catch (Refused e) {
            if (e.kind() == Refused.Kind.FAILED) {
                LOG.log(System.Logger.Level.WARNING, "%s %s".formatted(request.method(), request.rawPath()), e);
            }
            return Envelope.error(HttpStatus.of(e.kind()), sentence(e));
        } catch (MalformedJson | InvalidValue e) {
            return Envelope.error(400, sentence(e));
        } catch (BodyTooLarge e) {
            return Envelope.error(413, sentence(e));
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "%s %s failed".formatted(request.method(), request.rawPath()), e);
            return Envelope.error(500, "Internal error: " + e.getClass().getSimpleName() + ", see the server's log");
        }
    }

    @Override
    public Response onBadUrl(String message) {
        return Envelope.error(
                400, "The path or the query is badly encoded: a percent sign needs two hexadecimal digits");
    }

    private Response answer(Request request, Caller caller) throws Exception {
        return router.answer(request, caller, registry.projects());
    }

    /** Lets those who listen to events hear what was written to the log. */
    public void tell(LoggingView line, Instant time) {
        feed.tell(line, time);
    }

    private static String sentence(Throwable e) {
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Ends the events. */
    @Override
    public void close() throws Exception {
        events.close();
    }
}
