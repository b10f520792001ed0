package io.stowage.server.migration;

import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.Answer.Way;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.Rsync;
import io.stowage.engine.migration.TargetPeer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The source's part of the conversation. */
final class ToTarget extends PeerLink implements TargetPeer {
    private Rsync rsync = new Rsync(false, false, false);

    ToTarget(Meeting meeting) {
        super(meeting);
    }

    @Override
    public void connect() {
        meet();
    }

    @Override
    public Answer offer(Volume volume, Offer offer) {
        return Failures.io(() -> {
            control().send(header(offer).write());
            var answer = MigrationHeader.read(next());
            requireMatch(answer.type(), offer.files());
            if (answer.type() != type(offer.files())) {
                throw Refused.badInput("No matching migration types found. Offered types: [%s], our types: [%s]"
                        .formatted(MigrationHeader.word(answer.type()), MigrationHeader.word(type(offer.files()))));
            }
            rsync = rsync(features(offer.compress()).and(answer.rsync().orElse(RsyncFeatures.NONE)));
            if (answer.indexVersion() > 0) {
                index(volume, offer, answer);
            }
            return new Answer(
                    offer.files(),
                    answer.refresh().orElse(false),
                    answer.names(),
                    rsync.compress(),
                    answer.own().<Way>map(own -> new Way.Blocks(own.base())).orElseGet(Way.Plain::new));
        });
    }

    private static MigrationHeader header(Offer offer) {
        return new MigrationHeader(
                type(offer.files()),
                offer.snapshots().stream().map(MovingSnapshot::name).toList(),
                offer.snapshots().stream().map(ToTarget::snapshot).toList(),
                Optional.of(features(offer.compress())),
                Optional.empty(),
                MigrationHeader.INDEX_VERSION,
                offer.kinship().map(ToTarget::own));
    }

    private static HeaderSnapshot snapshot(MovingSnapshot snapshot) {
        return new HeaderSnapshot(
                snapshot.name(), snapshot.config(), seconds(snapshot.createdAt()), seconds(snapshot.expiresAt()));
    }

    private static long seconds(@Nullable Instant time) {
        return time == null ? 0 : time.getEpochSecond();
    }

    private static OwnHeader own(Kinship kin) {
        return new OwnHeader(
                kin.fileSystem(),
                kin.bytes(),
                kin.relatives().stream()
                        .map(each -> new OwnHeader.Snapshot(each.name(), each.origin(), each.bytes()))
                        .toList(),
                "");
    }

    private void index(Volume volume, Offer offer, MigrationHeader answer) throws IOException {
        var wanted = offer.snapshots().stream()
                .filter(snapshot -> answer.names().contains(snapshot.name()))
                .toList();
        out().write(IndexJson.write(volume, wanted));
        endOut();
        IndexJson.checkResponse(in());
        endIn();
    }

    @Override
    public Rsync rsync() {
        return rsync;
    }

    @Override
    public void awaitDone() {
        Failures.ioAction(() -> {
            var last = MigrationControl.read(next());
            if (!last.success()) {
                throw PeerFailed.of(last.message());
            }
        });
    }
}
