package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Ran;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code lxc storage …} of Debian's lxd-client against our server. */
class LxcPoolTest {
    private static Arena arena;

    @BeforeAll
    static void open() {
        arena = Arena.open();
    }

    @AfterAll
    static void close() {
        arena.close();
    }

    private static Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private static void create(String pool, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("storage", "create", pool, "pure"));
        arguments.addAll(arena.array().poolSettings());
        arguments.addAll(List.of(settings));
        assertThat(lxc(arguments.toArray(String[]::new)).orFail().out())
                .isEqualTo("Storage pool " + pool + " created\n");
    }

    private static void delete(String pool) {
        assertThat(lxc("storage", "delete", pool).orFail().out()).isEqualTo("Storage pool " + pool + " deleted\n");
    }

    @Test
    void aPoolIsCreatedListedShownAndDeleted() {
        create("shown", "size=10GiB", "volume.size=1GiB");
        assertThat(lxc("storage", "list", "--format", "csv").orFail().out()).contains("shown,pure,,,0,CREATED");
        assertThat(lxc("storage", "list").orFail().out()).contains("| shown ").contains("| DRIVER ");
        Json listed =
                Json.parse(lxc("storage", "list", "--format", "json").orFail().out());
        assertThat(listed.items()).anySatisfy(pool -> {
            assertThat(pool.get("name").text()).isEqualTo("shown");
            assertThat(pool.get("config").get("volume.size").text()).isEqualTo("1GiB");
        });
        assertThat(lxc("storage", "show", "shown").orFail().out())
                .contains(
                        "name: shown\n", "driver: pure\n", "size: 10GiB\n", "status: Created\n", "pure.mode: iscsi\n");
        delete("shown");
        Ran gone = lxc("storage", "show", "shown");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).isEqualTo("Error: Storage pool not found\n");
    }

    @Test
    void infoGivesTheSpace() {
        create("space", "size=10GiB");
        assertThat(lxc("storage", "info", "space").orFail().out())
                .contains("name: space", "driver: pure", "total space: 10.00GiB");
        assertThat(lxc("storage", "show", "space", "--resources").orFail().out())
                .contains("total: 10737418240");
        delete("space");
    }

    @Test
    void keysAreGotSetAndUnset() {
        create("keys");
        lxc("storage", "set", "keys", "user.owner=me", "volume.size=2GiB").orFail();
        assertThat(lxc("storage", "get", "keys", "volume.size").orFail().out()).isEqualTo("2GiB\n");
        lxc("storage", "set", "keys", "size", "5GiB").orFail();
        assertThat(lxc("storage", "info", "keys").orFail().out()).contains("total space: 5.00GiB");
        lxc("storage", "unset", "keys", "user.owner").orFail();
        assertThat(lxc("storage", "show", "keys").orFail().out()).doesNotContain("user.owner");
        Ran refused = lxc("storage", "set", "keys", "pure.mode=nvme");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("pure.mode");
        delete("keys");
    }

    @Test
    void aPoolIsEditedFromStandardInput() {
        create("edited");
        String text = lxc("storage", "show", "edited").orFail().out();
        arena.server()
                .lxcWith(text.replace("description: \"\"", "description: by hand"), "storage", "edit", "edited")
                .orFail();
        assertThat(lxc("storage", "show", "edited").orFail().out()).contains("description: by hand\n");
        delete("edited");
    }

    @Test
    void aPoolWithAVolumeIsNotDeleted() {
        create("used");
        lxc("storage", "volume", "create", "used", "v", "--type=block", "size=4MiB")
                .orFail();
        Ran refused = lxc("storage", "delete", "used");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("Error: The storage pool is currently in use\n");
        lxc("storage", "volume", "delete", "used", "v").orFail();
        delete("used");
    }

    @Test
    void aNameTakenIsRefused() {
        create("twice");
        List<String> arguments = new ArrayList<>(List.of("storage", "create", "twice", "pure"));
        arguments.addAll(arena.array().poolSettings());
        Ran refused = lxc(arguments.toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("twice", "already exists");
        delete("twice");
    }
}
