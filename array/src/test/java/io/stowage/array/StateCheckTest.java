package io.stowage.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.Estate;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.flasharray.Rest;
import io.stowage.array.store.DiskStore;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class StateCheckTest {
    private static final long CAPACITY = 1L << 40;

    @TempDir
    @Nullable
    Path folder;

    private Path state() {
        return Objects.requireNonNull(folder).resolve("state");
    }

    private List<String> check() throws BadOption {
        return StateCheck.run(List.of(state().toString()));
    }

    @BeforeEach
    void fill() throws Exception {
        try (var array = ArrayInABox.start(ArrayOptions.loopback(state()));
                var rest = Rest.login(array.endpoints(), "2.26")) {
            rest.post("pods?names=pool", "{}");
            rest.post("volumes?names=pool::v", "{'provisioned': 1048576}");
            rest.post("volumes?names=w", "{'provisioned': 2097152}");
            rest.post("volume-snapshots?source_names=w", "{'suffix': 's'}");
            rest.post("hosts?names=h", "{'iqns': ['iqn.2026-11.io.stowage:h']}");
            rest.post("connections?host_names=h&volume_names=w", "{}");
            for (var unit : array.units().visibleTo("iqn.2026-11.io.stowage:h").values()) {
                unit.write(0, ByteBuffer.allocate(65536));
                unit.flush();
            }
            assertThatThrownBy(this::check)
                    .isInstanceOf(BadOption.class)
                    .extracting(e -> ((BadOption) e).sentence())
                    .asString()
                    .contains("is in use by a stowage-array");
        }
    }

    @Test
    void aSoundFolderHasNoFindingsAndNothingInItChanges() throws Exception {
        var before = contents();
        assertThat(check()).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, List<Object>> contents() throws IOException {
        var contents = new TreeMap<String, List<Object>>();
        try (Stream<Path> files = Files.walk(state())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        file.toString(),
                        List.of(Files.getLastModifiedTime(file), ByteBuffer.wrap(Files.readAllBytes(file))));
            }
        }
        return contents;
    }

    private void tamper(Consumer<DiskStore> change) {
        try (var store = DiskStore.open(state().resolve("store"), CAPACITY)) {
            change.accept(store);
        }
    }

    /** The record of the one object whose JSON has this text. */
    private static byte[] record(DiskStore store, String kind, String text) {
        return record(store, "flasharray", kind, text);
    }

    private static byte[] record(DiskStore store, String estate, String kind, String text) {
        return store.scan(("core/" + estate + "/" + kind + "/").getBytes(StandardCharsets.UTF_8)).entrySet().stream()
                .filter(entry -> new String(entry.getValue(), StandardCharsets.UTF_8).contains(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static long stored(DiskStore store, String kind, String text) {
        return Json.tree(store.get(record(store, kind, text)).orElseThrow())
                .path("stored")
                .asLong();
    }

    @Test
    void objectsAndDataThatDoNotAgreeAreFound() throws Exception {
        tamper(store -> {
            store.delete(stored(store, "snapshot", "\"name\":\"s\""));
            store.resize(stored(store, "volume", "\"name\":\"w\""), 4096);
            store.create(512);
        });
        assertThat(check())
                .hasSize(3)
                .anySatisfy(finding ->
                        assertThat(finding).startsWith("snapshot s (").endsWith(" of the store, is missing."))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("volume w (")
                        .endsWith("): it has 2097152 bytes, its data has 4096."))
                .anySatisfy(finding ->
                        assertThat(finding).matches("volume \\d+ of the store: no object of the API has it\\."));
    }

    /** Both personalities' objects lie in one store; what is wrong with one doesn't hide the other. */
    @Test
    void bothEstatesOfOneFolderAreLookedThrough() throws Exception {
        try (var array = ArrayInABox.start(ArrayOptions.loopback(state()).asBoth())) {
            assertThat(array.endpoints().alletra().browseUser()).isNotEmpty();
        }
        assertThat(check()).isEmpty();
        tamper(store -> {
            var alletra = Estate.open("wsapi", store, InstantSource.system());
            var unit = new UnitIdentity("3PARdata", "VV", "3213", "00000000000001", "60002ac" + "1".repeat(25));
            alletra.change(draft -> {
                var volume = draft.createVolume(Optional.empty(), "alletras", 1 << 20, unit);
                var set = new VolumeSet(UUID.randomUUID(), "set", Map.of());
                draft.put(set);
                return draft.join(volume, set);
            });
            store.remove(record(store, "wsapi", "volume-set", "set"));
            store.delete(stored(store, "snapshot", "\"name\":\"s\""));
        });
        assertThat(check())
                .hasSize(2)
                .anySatisfy(finding ->
                        assertThat(finding).startsWith("snapshot s (").endsWith(" of the store, is missing."))
                .anySatisfy(finding ->
                        assertThat(finding).contains(": it refers to ").endsWith(", which is missing."));
    }

    @Test
    void recordsThatAreDamagedOrMissingAreFound() throws Exception {
        tamper(store -> {
            store.put(record(store, "host", "\"h\""), new byte[] {'{'});
            store.remove(record(store, "container", "pool"));
            store.put("who/knows".getBytes(StandardCharsets.UTF_8), new byte[0]);
            store.remove(record(store, "setting", "api.token"));
        });
        assertThat(check())
                .hasSize(5)
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("record core/flasharray/host/")
                        .contains(": it can't be read: "))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("connection ")
                        .contains(": it refers to ")
                        .endsWith(", which is missing."))
                .anySatisfy(
                        finding -> assertThat(finding).startsWith("volume v (").endsWith(", which is missing."))
                .contains("record who/knows: it is of no kind that this program knows.")
                .contains("identity of the array: api.token is missing or damaged.");
    }

    @Test
    void aDamagedPageOfMetadataIsFound() throws Exception {
        Damage.trees(state());
        assertThat(check())
                .isNotEmpty()
                .anySatisfy(finding -> assertThat(finding)
                        .matches("volume \\d+: metadata page \\d+ is damaged: expected checksum \\w+, found \\w+\\."));
    }

    @Test
    void aCertificateThatCannotBeUsedIsFound() throws Exception {
        var key = state().resolve("tls/flasharray.key");
        Files.writeString(key, "no key");
        assertThat(check()).singleElement().asString().startsWith("certificate: ");
        Files.delete(key);
        assertThat(check()).containsExactly("certificate: " + key + " is missing.");
    }

    @Test
    void whatIsNoStateFolderIsRefusedAndLeftAsItIs() throws Exception {
        var other = Objects.requireNonNull(folder).resolve("other");
        assertRefused(List.of(other.toString()), other + " is no state folder of stowage-array");
        assertThat(other).doesNotExist();
        Files.createDirectory(other);
        assertRefused(List.of(other.toString()), other + " is no state folder of stowage-array");
        assertThat(other).isEmptyDirectory();
        assertRefused(List.of(), "check needs one argument, the state folder: stowage-array check DIR");
    }

    private static void assertRefused(List<String> arguments, String sentence) {
        assertThatThrownBy(() -> StateCheck.run(arguments))
                .isInstanceOf(BadOption.class)
                .extracting(e -> ((BadOption) e).sentence())
                .isEqualTo(sentence);
    }
}
