package io.stowage.server.migration;

/** What both sides' rsync is to do beyond the least (migrate.proto, {@code rsyncFeatures}). */
record RsyncFeatures(boolean xattrs, boolean delete, boolean compress, boolean bidirectional) {
    static final RsyncFeatures NONE = new RsyncFeatures(false, false, false, false);

    /** What both can. */
    RsyncFeatures and(RsyncFeatures other) {
        return new RsyncFeatures(
                xattrs && other.xattrs,
                delete && other.delete,
                compress && other.compress,
                bidirectional && other.bidirectional);
    }

    ProtoWriter write() {
        return new ProtoWriter()
                .flag(1, xattrs)
                .flag(2, delete)
                .flag(3, compress)
                .flag(4, bidirectional);
    }

    static RsyncFeatures read(ProtoReader in) throws MalformedMessage {
        boolean xattrs = false;
        boolean delete = false;
        boolean compress = false;
        boolean bidirectional = false;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> xattrs = in.flag();
                case 2 -> delete = in.flag();
                case 3 -> compress = in.flag();
                case 4 -> bidirectional = in.flag();
                default -> {} // newer than we are
            }
        }
        return new RsyncFeatures(xattrs, delete, compress, bidirectional);
    }
}
