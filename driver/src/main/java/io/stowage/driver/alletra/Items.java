package io.stowage.driver.alletra;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stowage.driver.DeviceIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of the API, as far as we read them. Whatever an array may leave out is nullable; sizes are MiB. */
final class Items {
    private Items() {}

    record SystemFacts(
            @Nullable String serialNumber,
            @Nullable String name,
            @Nullable String model,
            @Nullable String systemVersion) {}

    record Space(long overProvisionedUsedMiB, long overProvisionedFreeMiB) {}

    /** @param setmembers absent when there are none */
    record VolumeSet(
            String name, @Nullable String comment, @Nullable List<String> setmembers) {
        List<String> members() {
            return setmembers == null ? List.of() : setmembers;
        }
    }

    /** @param creationTimeSec seconds since 1970 */
    record Volume(
            String name,
            long id,
            @Nullable String copyOf,
            long sizeMiB,
            long totalUsedMiB,
            @Nullable String wwn,
            @Nullable String nguid,
            long creationTimeSec,
            @Nullable String comment) {
        /** @throws IllegalArgumentException if the array gives it none */
        DeviceIdentity identity() {
            if (wwn == null || nguid == null) throw new IllegalArgumentException("no wwn or no nguid");
            return new DeviceIdentity(wwn, nguid);
        }
    }

    record IscsiPath(@Nullable String name) {}

    record NvmePath(@JsonProperty("NQN") @Nullable String nqn) {}

    record Descriptors(@Nullable String comment) {}

    record Host(
            String name,
            @Nullable Descriptors descriptors,
            @JsonProperty("iSCSIPaths") @Nullable List<IscsiPath> iscsi,
            @JsonProperty("NVMETCPPaths") @Nullable List<NvmePath> nvme) {
        /** Whether it has an initiator or host NQN of this name; names have no case. */
        boolean has(String qualified) {
            return (iscsi != null && iscsi.stream().anyMatch(path -> qualified.equalsIgnoreCase(path.name())))
                    || (nvme != null && nvme.stream().anyMatch(path -> qualified.equalsIgnoreCase(path.nqn())));
        }

        String comment() {
            return descriptors == null || descriptors.comment() == null ? "" : descriptors.comment();
        }
    }

    /** @param active one of the rows for logged-in paths beside the row for the connection itself */
    record Vlun(
            int lun,
            String volumeName,
            @Nullable String hostname,
            boolean active,
            @JsonProperty("Subsystem_NQN") @Nullable String subsystem) {
        boolean isOf(String host) {
            return host.equals(hostname);
        }

        Optional<String> nqn() {
            return Optional.ofNullable(subsystem).filter(text -> !text.isEmpty());
        }
    }

    record IscsiPort(
            @JsonProperty("IPAddr") @Nullable String address,
            @JsonProperty("iSCSIName") @Nullable String name) {}

    /** @param nodeWWN of an NVMe port its IP address */
    record Port(
            int mode,
            int linkState,
            int protocol,
            @Nullable String nodeWWN,
            @JsonProperty("IPAddr") @Nullable String address,
            @JsonProperty("iSCSIName") @Nullable String name,
            @JsonProperty("iSCSIPortInfo") @Nullable IscsiPort info) {
        Optional<String> iscsiAddress() {
            return first(address, info == null ? null : info.address());
        }

        Optional<String> iscsiName() {
            return first(name, info == null ? null : info.name()).map(text -> text.toLowerCase(Locale.ROOT));
        }

        private static Optional<String> first(@Nullable String one, @Nullable String other) {
            var text = one == null || one.isEmpty() ? other : one;
            return Optional.ofNullable(text).filter(given -> !given.isEmpty());
        }
    }

    record Task(
            long id,
            @Nullable String name,
            int status,
            int completedSteps,
            int totalSteps,
            int completedPhases,
            int totalPhases,
            @Nullable String detailedStatus) {}
}
