package io.stowage.engine;

import java.io.InputStream;

/**
 * A request for a volume with the files of a tar archive, in a file system as large and of the kind that the pool gives.
 *
 * @param content compressed or not; read to its end, once, while the operation runs; the caller closes it
 */
public record TarUpload(VolumeName name, InputStream content) {}
