package io.stowage.server.migration;

import io.stowage.engine.journal.Failures;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.Answer.Way;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.Kinship.Relative;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.Rsync;
import io.stowage.engine.migration.SourcePeer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The target's part of the conversation. */
final class ToSource extends PeerLink implements SourcePeer {
    private MigrationHeader offered = new MigrationHeader(
            MigrationHeader.RSYNC, List.of(), List.of(), Optional.empty(), Optional.empty(), 0, Optional.empty());
    private Rsync rsync = new Rsync(false, false, false);

    ToSource(Meeting meeting) {
        super(meeting);
    }

    @Override
    public Offer offer() {
        meet();
        return Failures.io(() -> {
            offered = MigrationHeader.read(next());
            return new Offer(
                    offered.type() == MigrationHeader.RSYNC,
                    offered.snapshots().stream().map(ToSource::snapshot).toList(),
                    offered.rsync().orElse(RsyncFeatures.NONE).compress(),
                    offered.own().map(ToSource::kinship));
        });
    }

    private static MovingSnapshot snapshot(HeaderSnapshot snapshot) {
        return new MovingSnapshot(
                snapshot.name(), "", snapshot.config(), time(snapshot.created()), time(snapshot.expires()));
    }

    /** Zero, and what is before it as Go's zero time, is none. */
    private static @Nullable Instant time(long seconds) {
        if (seconds <= 0) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Kinship kinship(OwnHeader own) {
        return new Kinship(
                own.fileSystem(),
                own.bytes(),
                own.snapshots().stream()
                        .map(each -> new Relative(each.name(), each.origin(), each.bytes()))
                        .toList());
    }

    @Override
    public List<MovingSnapshot> accept(Answer answer) {
        requireMatch(offered.type(), answer.files());
        var features = answer.files()
                ? features(answer.compress()).and(offered.rsync().orElse(RsyncFeatures.NONE))
                : RsyncFeatures.NONE;
        rsync = rsync(features);
        var index = Math.min(offered.indexVersion(), MigrationHeader.INDEX_VERSION);
        var wanted = offered.snapshots().stream()
                .filter(each -> answer.wanted().contains(each.name()))
                .toList();
        var header = new MigrationHeader(
                type(answer.files()),
                answer.wanted(),
                wanted,
                Optional.of(features),
                Optional.of(answer.refresh()),
                index,
                answer.way() instanceof Way.Blocks(var base)
                        ? Optional.of(new OwnHeader("", 0, List.of(), base))
                        : Optional.empty());
        return Failures.io(() -> {
            control().send(header.write());
            Map<String, MovingSnapshot> told = Map.of();
            if (index > 0) {
                told = IndexJson.read(in());
                endIn();
                out().write(IndexJson.response(answer.refresh()));
                endOut();
            }
            var all = told;
            return wanted.stream()
                    .map(each -> merged(snapshot(each), all.get(each.name())))
                    .toList();
        });
    }

    /** The index has more than the header, but for the date. */
    private static MovingSnapshot merged(MovingSnapshot header, @Nullable MovingSnapshot index) {
        return index == null
                ? header
                : new MovingSnapshot(
                        header.name(),
                        index.description(),
                        index.config(),
                        header.createdAt() == null ? index.createdAt() : header.createdAt(),
                        index.expiresAt() == null ? header.expiresAt() : index.expiresAt());
    }

    @Override
    public Rsync rsync() {
        return rsync;
    }

    @Override
    public void done() {
        Failures.ioAction(() -> control().send(MigrationControl.DONE.write()));
    }
}
