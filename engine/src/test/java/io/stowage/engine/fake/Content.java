package io.stowage.engine.fake;

/**
 * What is on a volume.
 *
 * @param text what was written
 * @param type of the file system; empty for none
 * @param identity of the file system, new with each renewal
 * @param fileSystemBytes what the file system believes its size to be
 */
public record Content(String text, String type, int identity, long fileSystemBytes) {
    static final Content EMPTY = new Content("", "", 0, 0);

    Content with(String newText) {
        return new Content(newText, type, identity, fileSystemBytes);
    }
}
