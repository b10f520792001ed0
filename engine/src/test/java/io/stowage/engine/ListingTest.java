package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.fake.World;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What lists ask the database for doesn't grow with them. */
class ListingTest extends EngineTest {
    private static final int ROUNDS = 5;

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            makeBlock("v" + i);
            snapshot("v" + i, "s");
            snapshot("v" + i, "t");
        }
    }

    private void snapshot(String volume, String name) {
        engine.snapshots()
                .create(new SnapshotCreation(VolumeName.of("p", volume), name, "", new Expiry.Never()))
                .await();
    }

    /** The least of some rounds: the engine has its own upkeep beside them. */
    private long statements(Runnable list) {
        return LongStream.range(0, ROUNDS)
                .map(round -> {
                    long before = engine.database().statements();
                    list.run();
                    return engine.database().statements() - before;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void volumesAndSnapshotsOfAPoolTakeAsManyStatementsWhetherFewOrMany() {
        fill(0, 2);
        long volumes = statements(() -> engine.volumes().list("p"));
        long all = statements(() -> engine.volumes().list());
        long snapshots = statements(() -> engine.snapshots().list("p"));
        assertThat(LongStream.of(volumes, all, snapshots)).allMatch(count -> count > 0 && count <= 6);
        fill(2, 12);
        assertThat(engine.volumes().list("p")).hasSize(12);
        assertThat(engine.snapshots().list("p")).hasSize(24);
        assertThat(statements(() -> engine.volumes().list("p"))).isEqualTo(volumes);
        assertThat(statements(() -> engine.volumes().list())).isEqualTo(all);
        assertThat(statements(() -> engine.snapshots().list("p"))).isEqualTo(snapshots);
    }

    @Test
    void snapshotsOfAVolumeTakeAsManyStatementsWhetherFewOrMany() {
        makeBlock("v");
        snapshot("v", "s0");
        long few = statements(() -> engine.snapshots().list(V));
        for (int i = 1; i < 12; i++) {
            snapshot("v", "s" + i);
        }
        assertThat(engine.snapshots().list(V)).hasSize(12);
        assertThat(statements(() -> engine.snapshots().list(V))).isEqualTo(few);
    }

    @Test
    void aListHasWhatASingleLookHas() {
        fill(0, 2);
        make("files");
        snapshot("files", "s");
        var inUse = List.of(
                World.mount(engine, "files"),
                engine.attachments()
                        .attach(new AttachmentRequest(
                                VolumeName.of("p", "files"), "s", AttachmentKind.MOUNT, null, true))
                        .await());
        assertThat(engine.volumes().list("p"))
                .anyMatch(volume -> !volume.attachments().isEmpty());
        assertThat(engine.snapshots().list("p"))
                .anyMatch(snapshot -> !snapshot.attachments().isEmpty());
        for (Volume volume : engine.volumes().list("p")) {
            assertThat(volume).isEqualTo(engine.volumes().get(volume.name()));
        }
        for (Snapshot snapshot : engine.snapshots().list("p")) {
            assertThat(snapshot).isEqualTo(engine.snapshots().get(snapshot.name()));
        }
        assertThat(engine.snapshots().list(VolumeName.of("p", "v0")))
                .isEqualTo(engine.snapshots().list("p").stream()
                        .filter(snapshot -> snapshot.name().volume().name().equals("v0"))
                        .toList());
        inUse.forEach(attachment -> engine.attachments().detach(attachment.id()).await());
    }
}
