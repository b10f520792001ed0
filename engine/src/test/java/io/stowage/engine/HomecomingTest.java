package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.RecoveryRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server does when it starts. */
class HomecomingTest extends EngineTest {
    @Test
    void devicesAndMountsAreCarriedOnAfterARestartOfTheServer() {
        Volume volume = make("v");
        world.write(volume, "text");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        world.faults().takeLog();
        restart();
        assertThat(engine.attachments().list()).extracting(Attachment::id).containsExactly(mount.id());
        assertThat(engine.attachments().get(mount.id()).device()).isEqualTo(mount.device());
        assertThat(world.faults().takeLog()).doesNotContain("unmount", "detach", "abandon", "unmap");
        assertThat(world.contentAt(mount.device()).text()).isEqualTo("text");
    }

    @Test
    void theyAreMadeAnewAfterARestartOfTheMachine() {
        make("v");
        snapshot(V, "s");
        attach(V, AttachmentKind.MOUNT);
        attachSnapshot(V, "s");
        world.close();
        world.restartMachine();
        engine = world.open();
        world.check(engine);
        assertThat(engine.attachments().list())
                .hasSize(2)
                .allMatch(each -> !each.device().isEmpty());
    }

    @Test
    void detachAllLeavesTheHostEmptyAndTheNextStartBringsAllBack() {
        make("v");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        engine.detachAll();
        assertThat(world.mountedAt(String.valueOf(mount.path()))).isEmpty();
        restart();
        assertThat(world.mountedAt(String.valueOf(mount.path()))).isPresent();
    }

    @Test
    void strayConnectionsAndTemporaryVolumesAreRemoved() {
        Volume volume = make("v");
        Snapshot snapshot = snapshot(V, "s");
        world.strayConnection(engine, volume);
        world.strayTemporary(volume, snapshot);
        restart();
        world.check(engine);
        assertThat(world.hosts()).isEmpty();
    }

    @Test
    void anArrayOutOfReachAtTheStartIsTriedAgain() {
        make("v");
        Attachment mount = attach(V, AttachmentKind.MOUNT);
        world.close();
        world.restartMachine();
        world.faults().cutOff();
        engine = world.open();
        assertThat(engine.attachments().get(mount.id()).device()).isEmpty();
        world.faults().heal();
        engine.settle();
        assertThat(engine.attachments().get(mount.id()).device()).isEqualTo(mount.device());
    }

    @Test
    void recoveryRecordsAreWrittenFromTheFirstVolumeOnAndLaterWhenTheArrayWasAway() {
        Volume volume = make("v");
        snapshot(V, "s");
        RecoveryRecord recorded = world.record("v");
        assertThat(recorded.config()).isEqualTo(volume.config());
        assertThat(recorded.content()).isEqualTo("filesystem");
        assertThat(recorded.project()).isEqualTo("default");
        assertThat(world.records()).containsKeys("v", "s");
        assertThat(world.poolRecord("p").orElseThrow().name()).isEqualTo("p");

        world.faults().cutOff();
        engine.volumes().rename(V, "w").await();
        engine.settle();
        assertThat(world.records()).containsKey("v");
        world.faults().heal();
        engine.settle();
        assertThat(world.records()).containsKey("w").doesNotContainKey("v");
    }

    @Test
    void aStateFolderHasOneServerAtATime() {
        assertThatThrownBy(() -> Engine.open(world.options()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is in use by another server");
        assertThat(List.of(engine.serverName())).containsExactly("host01");
    }
}
