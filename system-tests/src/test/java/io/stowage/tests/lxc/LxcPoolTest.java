package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.EachCombination;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Protocol;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Vendor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code lxc storage …} of Debian's lxd-client against our server. */
@EachCombination
class LxcPoolTest {
    private final Arena arena = SharedArena.arena();
    private final Combination combination;

    LxcPoolTest(Combination combination) {
        this.combination = combination;
    }

    private Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private String mode() {
        return combination.vendor().key(Vendor.Key.MODE);
    }

    private boolean hasQuota() {
        return combination.vendor().hasQuota();
    }

    private String[] quota(String size) {
        return combination.vendor().quota(size).toArray(String[]::new);
    }

    private void create(String pool, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("storage", "create", pool, combination.driver()));
        arguments.addAll(combination.poolSettings(arena.array()));
        arguments.addAll(List.of(settings));
        assertThat(lxc(arguments.toArray(String[]::new)).orFail().out())
                .isEqualTo("Storage pool " + pool + " created\n");
    }

    private void delete(String pool) {
        assertThat(lxc("storage", "delete", pool).orFail().out()).isEqualTo("Storage pool " + pool + " deleted\n");
    }

    @Test
    void aPoolIsCreatedListedShownAndDeleted() {
        create("shown", "volume.size=1GiB");
        assertThat(lxc("storage", "list", "--format", "csv").orFail().out())
                .contains("shown," + combination.driver() + ",,,0,CREATED");
        assertThat(lxc("storage", "list").orFail().out()).contains("| shown ").contains("| DRIVER ");
        Json listed =
                Json.parse(lxc("storage", "list", "--format", "json").orFail().out());
        assertThat(listed.items()).anySatisfy(pool -> {
            assertThat(pool.get("name").text()).isEqualTo("shown");
            assertThat(pool.get("config").get("volume.size").text()).isEqualTo("1GiB");
        });
        assertThat(lxc("storage", "show", "shown").orFail().out())
                .contains(
                        "name: shown\n",
                        "driver: " + combination.driver() + "\n",
                        "status: Created\n",
                        mode() + ": " + combination.protocol().mode() + "\n");
        delete("shown");
        Ran gone = lxc("storage", "show", "shown");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).isEqualTo("Error: Storage pool not found\n");
    }

    @Test
    void infoGivesTheSpace() {
        create("space", quota("10GiB"));
        assertThat(lxc("storage", "info", "space").orFail().out())
                .contains("name: space", "driver: " + combination.driver(), "total space: " + (hasQuota() ? 10 : 64));
        assertThat(lxc("storage", "show", "space", "--resources").orFail().out())
                .containsPattern(hasQuota() ? "total: 10737418240" : "total: [1-9][0-9]{10}");
        delete("space");
    }

    @Test
    void keysAreGotSetAndUnset() {
        create("keys");
        lxc("storage", "set", "keys", "user.owner=me", "volume.size=2GiB").orFail();
        assertThat(lxc("storage", "get", "keys", "volume.size").orFail().out()).isEqualTo("2GiB\n");
        if (hasQuota()) {
            lxc("storage", "set", "keys", "size", "5GiB").orFail();
            assertThat(lxc("storage", "info", "keys").orFail().out()).contains("total space: 5.00GiB");
        }
        lxc("storage", "unset", "keys", "user.owner").orFail();
        assertThat(lxc("storage", "show", "keys").orFail().out()).doesNotContain("user.owner");
        String another = Protocol.values()[1 - combination.protocol().ordinal()].mode();
        Ran refused = lxc("storage", "set", "keys", mode() + "=" + another);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains(mode());
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
        List<String> arguments = new ArrayList<>(List.of("storage", "create", "twice", combination.driver()));
        arguments.addAll(combination.poolSettings(arena.array()));
        Ran refused = lxc(arguments.toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("twice", "already exists");
        delete("twice");
    }
}
