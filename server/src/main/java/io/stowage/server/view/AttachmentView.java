package io.stowage.server.view;

import io.stowage.engine.Attachment;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A volume in use, as {@code GET …/attachments/ID} shows it.
 *
 * @param kind {@code device} or {@code mount}
 * @param device the block device on that host; empty while it is not there
 * @param path the mount point; empty for a device
 * @param location name of the server it is attached on
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AttachmentView(
        String id, String kind, String device, String path, boolean readOnly, String location, String createdAt) {

    public static AttachmentView of(Attachment attachment) {
        var path = attachment.path();
        return new AttachmentView(
                attachment.id().toString(),
                attachment.kind().key(),
                attachment.device(),
                path == null ? "" : path,
                attachment.readOnly(),
                attachment.member(),
                GoTime.write(attachment.createdAt()));
    }
}
