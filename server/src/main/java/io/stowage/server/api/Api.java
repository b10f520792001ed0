package io.stowage.server.api;

import io.stowage.engine.Attachments;
import io.stowage.engine.Operations;
import io.stowage.engine.Pools;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Volumes;
import io.stowage.model.InvalidValue;
import io.stowage.server.view.HttpStatus;
import io.stowage.web.BodyTooLarge;
import io.stowage.web.Handler;
import io.stowage.web.Peer;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.MalformedJson;

/** The whole API: all routes, and what becomes of errors. */
public final class Api implements Handler, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private final Router router = new Router();
    private final EventResource events;
    private final ServerInfo info;

    public Api(
            ServerInfo info,
            Pools pools,
            Volumes volumes,
            Snapshots snapshots,
            Attachments attachments,
            Operations operations) {
        this.info = info;
        this.events = new EventResource(operations);
        new ServerResource(info, pools).addTo(router);
        new MachineResource(info).addTo(router);
        new PoolResource(pools, volumes, snapshots).addTo(router);
        new VolumeLists(pools, volumes, snapshots).addTo(router);
        new NewVolume(pools, volumes, operations).addTo(router);
        new VolumeResource(pools, volumes).addTo(router);
        new SnapshotResource(pools, snapshots, operations).addTo(router);
        new AttachmentResource(pools, attachments, operations).addTo(router);
        new OperationResource(operations).addTo(router);
        events.addTo(router);
        new ProjectResource(volumes).addTo(router);
        AbsentResources.addTo(router);
    }

    @Override
    public Response handle(Request request) {
        try {
            if (!(request.peer() instanceof Peer.Local)) {
                throw new ApiError(403, "not authorized"); // whoever opens the socket is trusted, nobody else is
            }
            Target.check(request, info.name());
            return router.answer(request);
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
