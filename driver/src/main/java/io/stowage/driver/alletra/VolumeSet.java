package io.stowage.driver.alletra;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.PoolSpace;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.rest.Call;
import io.stowage.model.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The volume set of a pool. Its comment says whose it is, and has the pool's recovery record behind that. Volumes are made in
 * a common provisioning group that it shares with others.
 */
final class VolumeSet {
    private static final String PATH = "volumesets";
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    /** Characters that a set's comment can have (API reference, POST volumesets). */
    private static final int LONGEST_COMMENT = 255;

    private static final Pattern COMMENT = Pattern.compile("stowage ([0-9a-f-]{36})(?: (.*))?");

    private final Wsapi wsapi;
    private final String name;
    private final String group;
    /** Whose the set is, once that is known. */
    private volatile @Nullable String owner;

    VolumeSet(Wsapi wsapi, String name, String group) {
        this.wsapi = wsapi;
        this.name = name;
        this.group = group;
    }

    String group() {
        return group;
    }

    /** Whether it has been made with the record, and not before. */
    boolean create(String owner, RecoveryRecord recovery) {
        checkGroup();
        var call = Call.post("create volume set \"%s\"".formatted(name), PATH)
                .body(Map.of("name", name, "comment", comment(owner, recovery)));
        var answer = wsapi.send(call, Code.SET_EXISTS);
        if (!answer.isFine() && !find().map(VolumeSet::owner).equals(Optional.of(Optional.of(owner))))
            throw new ObjectExists(call.doing(), answer.words());
        this.owner = owner;
        return answer.isFine();
    }

    /** The array makes a set whether there is the group or not. */
    private void checkGroup() {
        var call = Call.get("look at common provisioning group \"%s\"".formatted(group), "cpgs")
                .below(group);
        var answer = wsapi.send(call, Code.NO_CPG);
        if (!answer.isFine()) throw noGroup(answer);
    }

    /** The group that the pool is configured with isn't there. */
    ArrayLacks noGroup(Answer answer) {
        return new ArrayLacks("The array has no common provisioning group \"%s\" (key \"%s\"): %s"
                .formatted(group, AlletraKeys.CPG, answer.words()));
    }

    Optional<Items.VolumeSet> find() {
        return wsapi.find(
                Call.get("look at volume set \"%s\"".formatted(name), PATH).below(name),
                Items.VolumeSet.class,
                Code.NO_SET);
    }

    /** The names of its members. */
    List<String> members() {
        return find().map(Items.VolumeSet::members).orElse(List.of());
    }

    /** @throws ArrayRefused if the set is not the owner's */
    void requireOwner(Items.VolumeSet set, String owner) {
        if (!owner(set).equals(Optional.of(owner)))
            throw new ArrayRefused("delete volume set \"%s\"".formatted(name), "its comment does not mark it as ours");
    }

    void delete() {
        wsapi.send(Call.delete("delete volume set \"%s\"".formatted(name), PATH).below(name), Code.NO_SET);
    }

    void add(String volume) {
        var call = change("add volume \"%s\" to volume set \"%s\"".formatted(volume, name), ADD, volume);
        try {
            wsapi.send(call);
        } catch (ArrayRefused e) {
            // The number for a member that is one already is not documented.
            if (!members().contains(volume)) throw e;
        }
    }

    void remove(String volume) {
        var call = change("remove volume \"%s\" from volume set \"%s\"".formatted(volume, name), REMOVE, volume);
        try {
            wsapi.send(call, Code.NO_SET, Code.NO_VOLUME);
        } catch (ArrayRefused e) {
            if (members().contains(volume)) throw e;
        }
    }

    private Call change(String doing, int action, String volume) {
        return Call.put(doing, PATH).below(name).body(Map.of("action", action, "setmembers", List.of(volume)));
    }

    /** What volumes of the group have taken, this pool's and others', and what they may still take. */
    PoolSpace space() {
        var call = Call.post("tell the space of common provisioning group \"%s\"".formatted(group), "spacereporter")
                .body(Map.of("cpg", group));
        var answer = wsapi.send(call, Code.NO_CPG);
        if (!answer.isFine()) throw noGroup(answer);
        var space = wsapi.convert(call, answer, Items.Space.class);
        var used = Math.max(0, space.overProvisionedUsedMiB());
        var free = Math.max(0, space.overProvisionedFreeMiB());
        return new PoolSpace(ByteSize.ofMiB(used + free), ByteSize.ofMiB(used));
    }

    void write(RecoveryRecord recovery) {
        var known = owner;
        var marked = known != null ? known : find().flatMap(VolumeSet::owner).orElse("");
        if (marked.isEmpty())
            throw new ArrayRefused(
                    "write the record of volume set \"%s\"".formatted(name), "its comment does not mark it as ours");
        owner = marked;
        wsapi.send(Call.put("write the record of volume set \"%s\"".formatted(name), PATH)
                .below(name)
                .body("comment", comment(marked, recovery)));
    }

    Optional<RecoveryRecord> record() {
        return find().flatMap(set -> part(set, 2)).flatMap(RecordComments::read);
    }

    private static String comment(String owner, RecoveryRecord recovery) {
        var mark = "stowage " + owner + " ";
        return mark + RecordComments.write(recovery, LONGEST_COMMENT - mark.length());
    }

    private static Optional<String> owner(Items.VolumeSet set) {
        return part(set, 1);
    }

    private static Optional<String> part(Items.VolumeSet set, int group) {
        var form = COMMENT.matcher(set.comment() == null ? "" : set.comment());
        return form.matches() ? Optional.ofNullable(form.group(group)) : Optional.empty();
    }
}
