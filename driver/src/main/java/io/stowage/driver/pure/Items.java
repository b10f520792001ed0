package io.stowage.driver.pure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of the REST API, as far as we read them. Whatever an array may leave out or set to null is nullable. */
final class Items {
    private Items() {}

    /** A reference to another object; without a name it points at nothing. */
    record Reference(@Nullable String name) {
        static String nameOf(@Nullable Reference reference) {
            return reference == null || reference.name == null ? "" : reference.name;
        }
    }

    /** Bytes. */
    record Space(
            @Nullable Long virtual,
            @Nullable Long unique,
            @JsonProperty("used_provisioned") @Nullable Long usedProvisioned) {}

    record Array(
            @Nullable String id,
            String name,
            @Nullable String os,
            @Nullable String version,
            @Nullable Long capacity,
            @Nullable Space space) {}

    /** @param quota bytes; null or 0 is unlimited */
    record Pod(
            String name,
            boolean destroyed,
            @JsonProperty("quota_limit") @Nullable Long quota,
            @Nullable Space space,
            @Nullable List<Reference> arrays) {}

    record Volume(
            String name,
            @Nullable String serial,
            long provisioned,
            boolean destroyed,
            @Nullable Space space) {}

    /** A range of bytes in the answer of {@code volumes/diff}. */
    record Difference(long offset, long length) {}

    /** @param created milliseconds since 1970 */
    record Snapshot(
            String name,
            @Nullable String suffix,
            long created,
            long provisioned,
            boolean destroyed,
            @Nullable Space space) {}

    record Chap(
            @JsonProperty("host_user") @Nullable String hostUser,
            @JsonProperty("target_user") @Nullable String targetUser) {}

    record Host(
            String name,
            @Nullable List<String> iqns,
            @Nullable List<String> nqns,
            @Nullable List<String> wwns,
            @JsonProperty("connection_count") @Nullable Integer connections,
            @JsonProperty("host_group") @Nullable Reference group,
            @Nullable Chap chap,
            @Nullable String personality,
            @JsonProperty("preferred_arrays") @Nullable List<Reference> preferredArrays,
            @Nullable String vlan) {}

    record Connection(
            @Nullable Reference host,
            @JsonProperty("host_group") @Nullable Reference group,
            @Nullable Reference volume,
            @Nullable Long lun,
            @Nullable Long nsid) {}

    record Port(
            String name,
            @Nullable String iqn,
            @Nullable String nqn,
            @Nullable String portal) {}

    record Ethernet(@Nullable String address) {}

    record Interface(
            String name,
            boolean enabled,
            @Nullable List<String> services,
            @Nullable Ethernet eth) {}

    record DefaultProtection(String name, @Nullable String type) {}

    record ContainerProtection(
            @Nullable String name,
            @Nullable String type,
            @JsonProperty("default_protections") @Nullable List<DefaultProtection> defaults) {}

    record Tag(
            String key,
            String value,
            @Nullable String namespace,
            @Nullable Reference resource) {}
}
