package io.stowage.engine;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A request for a volume with an ISO image.
 *
 * @param length bytes of the image; empty if they are known only at its end
 * @param content read to its end, once, while the operation runs; the caller closes it
 */
public record IsoUpload(VolumeName name, OptionalLong length, InputStream content) {}
