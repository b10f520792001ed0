package io.stowage.server.api;

import io.stowage.server.view.OperationView;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What LXD wraps every answer in. All seven keys are always there; clients rely on it. */
@JsonNaming(SnakeCaseStrategy.class)
record Envelope(
        String type,
        String status,
        int statusCode,
        String operation,
        int errorCode,
        String error,
        @Nullable Object metadata) {

    /** Something was asked for, and this is it. */
    static Response.Whole sync(Object metadata) {
        return success(200, metadata);
    }

    /** The same with an ETag. */
    static Response.Whole sync(Object metadata, String etag) {
        return sync(metadata).with("ETag", '"' + etag + '"');
    }

    /** It was done, and there is nothing to say. */
    static Response.Whole done() {
        return sync(Map.of());
    }

    /** Something new is to be found there. The status inside stays 200, as in LXD. */
    static Response.Whole created(String location) {
        return success(201, null).with("Location", location);
    }

    /** It goes on in the background. */
    static Response.Whole async(OperationView operation) {
        var url = "/1.0/operations/" + operation.id();
        return response(202, new Envelope("async", "Operation created", 100, url, 0, "", operation))
                .with("Location", url);
    }

    /** Clients print the message as it is: it is made one line. */
    static Response.Whole error(int status, String message) {
        var line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        return response(status, new Envelope("error", "", 0, "", status, line, null))
                .with("X-Content-Type-Options", "nosniff");
    }

    /** A synchronous success in bytes, for answers that are written in pieces. */
    static byte[] syncBytes(Object metadata) {
        return line(new Envelope("sync", "Success", 200, "", 0, "", metadata));
    }

    private static Response.Whole success(int status, @Nullable Object metadata) {
        return response(status, new Envelope("sync", "Success", 200, "", 0, "", metadata));
    }

    private static Response.Whole response(int status, Envelope envelope) {
        return Response.json(status, line(envelope));
    }

    private static byte[] line(Envelope envelope) {
        var json = Json.write(envelope);
        var line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
