package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Refused.Kind;
import io.stowage.model.ContentType;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectsTest extends EngineTest {
    private Projects projects;

    @BeforeEach
    void open() {
        projects = new Projects(engine.database());
    }

    private Volume volume(String project, String name, String size) {
        return engine.volumes()
                .create(new VolumeCreation(
                        new VolumeName(project, "p", name), ContentType.BLOCK, "", Map.of("size", size)))
                .await();
    }

    private static void assertRefused(ThrowingCallable request, Kind kind, String sentence) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
                .hasMessage(sentence);
    }

    @Test
    void theDefaultProjectIsThereAndStays() {
        assertThat(projects.list()).extracting(Project::name).containsExactly("default");
        assertRefused(() -> projects.delete("default"), Kind.BAD_INPUT, "The 'default' project cannot be deleted");
        assertRefused(() -> projects.rename("default", "x"), Kind.BAD_INPUT, "The 'default' project cannot be renamed");
        assertRefused(
                () -> projects.update("default", "", Map.of()),
                Kind.BAD_INPUT,
                "You can't change the features of the default project");
    }

    /** Which features are on by default is LXD's (projects, "features.*"). */
    @Test
    void aProjectHasItsFeaturesAndVolumesOfItsOwn() {
        projects.create("a", "first", Map.of("user.x", "1"));
        assertThat(projects.get("a").config())
                .containsEntry("features.storage.volumes", "true")
                .containsEntry("features.images", "true")
                .containsEntry("features.profiles", "true")
                .containsEntry("user.x", "1");
        volume("default", "v", "1GiB");
        volume("a", "v", "2GiB");
        assertThat(engine.volumes().get(new VolumeName("a", "p", "v")).config()).containsEntry("size", "2GiB");
        assertThat(engine.volumes().get(new VolumeName("default", "p", "v")).config())
                .containsEntry("size", "1GiB");
    }

    @Test
    void onlyEmptyProjectsAreRenamedAndDeleted() {
        projects.create("a", "", Map.of());
        projects.rename("a", "b");
        volume("b", "v", "1GiB");
        assertRefused(() -> projects.rename("b", "c"), Kind.IN_USE, "Only empty projects can be renamed");
        assertRefused(() -> projects.delete("b"), Kind.IN_USE, "Only empty projects can be removed");
        assertRefused(
                () -> projects.update("b", "", Map.of("features.storage.volumes", "false")),
                Kind.IN_USE,
                "Features can only be changed on empty projects");
        engine.volumes().delete(new VolumeName("b", "p", "v")).await();
        projects.delete("b");
        assertRefused(() -> projects.get("b"), Kind.NOT_FOUND, "Project not found");
        assertRefused(() -> volume("b", "v", "1GiB"), Kind.NOT_FOUND, "Project not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a_b", ".", "..", "*", "it's", "a\"b", "a\\b", "a\nb"})
    void badNamesAreRefused(String name) {
        assertThatThrownBy(() -> projects.create(name, "", Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.BAD_INPUT));
    }

    @Test
    void unknownKeysAndBadValuesAreRefused() {
        assertRefused(
                () -> projects.create("a", "", Map.of("features.magic", "true")),
                Kind.BAD_INPUT,
                "Invalid project configuration key \"features.magic\"");
        assertThatThrownBy(() -> projects.create("a", "", Map.of("limits.disk", "much")))
                .hasMessageContainingAll("limits.disk", "much");
        projects.create("a", "", Map.of());
        assertRefused(() -> projects.create("a", "", Map.of()), Kind.CONFLICT, "Project \"a\" already exists");
    }

    @Test
    void theVolumesOfAProjectStayWithinItsLimits() {
        projects.create("a", "", Map.of("limits.disk", "3GiB", "limits.disk.pool.p", "2GiB"));
        volume("a", "v", "1GiB");
        assertThatThrownBy(() -> volume("a", "w", "3GiB")).hasMessageContainingAll("limits.disk", "3GiB", "\"a\"");
        assertThatThrownBy(() -> volume("a", "w", "1500MiB")).hasMessageContaining("limits.disk.pool.p");
        volume("a", "w", "1GiB");
        VolumeName name = new VolumeName("a", "p", "w");
        assertThatThrownBy(() -> engine.volumes().update(name, "", Map.of("size", "2GiB")))
                .hasMessageContaining("limits.disk");
        engine.volumes().delete(name).await();
        engine.volumes()
                .update(new VolumeName("a", "p", "v"), "", Map.of("size", "2GiB"))
                .await();
        volume("default", "elsewhere", "9GiB");
    }

    /** As with LXD, which says {@code "limits.disk" is too low: current total is "2GiB"}. */
    @Test
    void aLimitIsNotSetBelowWhatIsThereAlready() {
        projects.create("a", "", Map.of());
        volume("a", "v", "2GiB");
        for (String key : new String[] {"limits.disk", "limits.disk.pool.p"}) {
            assertRefused(
                    () -> projects.update("a", "", withOwnVolumes(Map.of(key, "1GiB"))),
                    Kind.BAD_INPUT,
                    "Invalid value \"1GiB\" for key \"" + key + "\": it is too low, current total is \"2GiB\"");
            assertThat(projects.get("a").config()).doesNotContainKey(key);
            projects.update("a", "", withOwnVolumes(Map.of(key, "2GiB")));
        }
    }

    /** LXD's defaults: a restricted project allows neither, and the keys mean nothing without the switch. */
    @Test
    void aRestrictedProjectAllowsWhatItSays() {
        projects.create("a", "", Map.of("restricted.snapshots", "block", "restricted.backups", "block"));
        volume("a", "v", "1GiB");
        VolumeName name = new VolumeName("a", "p", "v");
        snapshot(name, "free");
        projects.update("a", "", withOwnVolumes(Map.of("restricted", "true")));
        assertRefused(() -> snapshot(name, "s"), Kind.BAD_INPUT, "Project \"a\" doesn't allow for snapshot creation");
        assertRefused(() -> backup(name, "b"), Kind.BAD_INPUT, "Project \"a\" doesn't allow for backup creation");
        projects.update("a", "", withOwnVolumes(Map.of("restricted", "true", "restricted.snapshots", "allow")));
        snapshot(name, "s");
        assertRefused(() -> backup(name, "b"), Kind.BAD_INPUT, "Project \"a\" doesn't allow for backup creation");
        projects.update("a", "", withOwnVolumes(Map.of("restricted", "true", "restricted.backups", "allow")));
        backup(name, "b");
        assertThatThrownBy(() -> projects.update("a", "", withOwnVolumes(Map.of("restricted.backups", "maybe"))))
                .hasMessageContaining("restricted.backups")
                .hasMessageContaining("allow");
    }

    private static Map<String, String> withOwnVolumes(Map<String, String> config) {
        Map<String, String> all = new java.util.HashMap<>(config);
        all.put("features.storage.volumes", "true");
        all.put("features.images", "true");
        all.put("features.profiles", "true");
        return all;
    }

    private void backup(VolumeName volume, String name) {
        engine.backups()
                .create(new BackupCreation(volume, name, null, true, "none", 0))
                .await();
    }
}
