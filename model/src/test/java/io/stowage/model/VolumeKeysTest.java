package io.stowage.model;

import static io.stowage.model.ContentType.BLOCK;
import static io.stowage.model.ContentType.FILESYSTEM;
import static io.stowage.model.VolumeType.CUSTOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "size;10GiB",
                "block.filesystem;btrfs",
                "block.mount_options;discard,noatime",
                "security.shifted;true",
                "security.unmapped;no",
                "snapshots.expiry;1M 2H 3d 4w 5m 6y",
                "snapshots.pattern;{{ creation_date|date:'2006-01-02' }}-%d",
                "snapshots.schedule;@daily, 0 6 * * 1,3",
                "volatile.uuid;6c1b16ce-1c03-4d1c-b974-33405cf8d565",
                "volatile.devlxd.owner;somebody",
                "volatile.idmap.last;[]",
                "volatile.idmap.next;[]",
                "user.anything;at all"
            })
    void takesEveryKeyOfACustomFilesystem(String key, String value) {
        assertThatCode(() -> VolumeKeys.validate(CUSTOM, FILESYSTEM, Map.of(key, value)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "size;10 GiB;Invalid value \"10 GiB\" for key \"size\": a size is a whole number",
                "block.filesystem;ntfs;Invalid value \"ntfs\" for key \"block.filesystem\": allowed are btrfs, ext4, xfs",
                "security.shifted;maybe;Invalid value \"maybe\" for key \"security.shifted\": allowed are true and false",
                "snapshots.expiry;1x;Invalid value \"1x\" for key \"snapshots.expiry\"",
                "snapshots.pattern;%d%d;Invalid value \"%d%d\" for key \"snapshots.pattern\"",
                "snapshots.schedule;now;Invalid value \"now\" for key \"snapshots.schedule\"",
                "volatile.uuid;1;Invalid value \"1\" for key \"volatile.uuid\"",
                "security.shared;true;Unknown volume key \"security.shared\"",
                "nonsense;1;Unknown volume key \"nonsense\""
            })
    void refusesEachWithASentence(String key, String value, String sentence) {
        assertThatThrownBy(() -> VolumeKeys.validate(CUSTOM, FILESYSTEM, Map.of(key, value)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void blockVolumesHaveNoFileSystemKeysButCanBeShared() {
        assertThatThrownBy(() -> VolumeKeys.validate(CUSTOM, BLOCK, Map.of("block.filesystem", "ext4")))
                .isInstanceOf(InvalidValue.class);
        assertThatCode(() -> VolumeKeys.validate(CUSTOM, BLOCK, Map.of("security.shared", "true")))
                .doesNotThrowAnyException();
    }

    @Test
    void shiftedAndUnmappedExcludeEachOther() {
        assertThatThrownBy(() -> VolumeKeys.validate(
                        CUSTOM, FILESYSTEM, Map.of("security.shifted", "true", "security.unmapped", "true")))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void someKeysNeverChange() {
        var schema = VolumeKeys.of(CUSTOM, FILESYSTEM);
        assertThatThrownBy(() ->
                        schema.validateChange(Map.of("block.filesystem", "ext4"), Map.of("block.filesystem", "xfs")))
                .hasMessage("The volume key \"block.filesystem\" cannot be changed after creation");
        assertThatThrownBy(() -> schema.validateChange(
                        Map.of("volatile.uuid", "6c1b16ce-1c03-4d1c-b974-33405cf8d565"), Map.of()))
                .isInstanceOf(InvalidValue.class);
        assertThatCode(() -> schema.validateChange(Map.of("size", "1GiB"), Map.of("size", "2GiB")))
                .doesNotThrowAnyException();
    }

    @Test
    void inheritsFromThePoolWhatItMayHave() {
        var pool = Map.of(
                "volume.block.filesystem",
                "xfs",
                "volume.security.shared",
                "true",
                "volume.snapshots.expiry",
                "1d",
                "size",
                "1TiB");
        assertThat(VolumeKeys.inherit(CUSTOM, FILESYSTEM, Map.of("snapshots.expiry", "2d"), pool))
                .containsOnly(
                        Map.entry("block.filesystem", "xfs"),
                        Map.entry("block.mount_options", "discard"),
                        Map.entry("snapshots.expiry", "2d"));
        assertThat(VolumeKeys.inherit(CUSTOM, BLOCK, Map.of(), pool))
                .containsOnly(Map.entry("security.shared", "true"), Map.entry("snapshots.expiry", "1d"));
    }

    @Test
    void sizeIsOwnThenThePoolsThenTenGibibytes() {
        assertThat(VolumeKeys.size(Map.of("size", "2GiB"), Map.of("volume.size", "3GiB")))
                .isEqualTo(ByteSize.ofGiB(2));
        assertThat(VolumeKeys.size(Map.of("size", "0"), Map.of("volume.size", "3GiB")))
                .isEqualTo(ByteSize.ofGiB(3));
        assertThat(VolumeKeys.size(Map.of(), Map.of())).isEqualTo(ByteSize.ofGiB(10));
    }
}
