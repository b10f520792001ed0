package io.stowage.driver.alletra;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.Progress;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.rest.Call;
import io.stowage.model.ArrayName;
import java.util.LinkedHashMap;
import java.util.Map;

/** Content that the array copies from volume to volume: into a new one at once, into an existing one by a task. */
final class Copies {
    private static final int PROMOTE = 4;
    private static final int HIGH = 1;

    private final Wsapi wsapi;
    private final VolumeSet set;
    private final Volumes volumes;
    private final Tasks tasks;

    Copies(Wsapi wsapi, VolumeSet set, Volumes volumes, Tasks tasks) {
        this.wsapi = wsapi;
        this.set = set;
        this.volumes = volumes;
        this.tasks = tasks;
    }

    /** An online copy: the array moves the content in the background, and the target can be used at once. */
    void copy(ArrayObject source, ArrayName target, Progress progress) {
        var from = Names.object(source);
        var to = Names.volume(target);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("destVolume", to);
        parameters.put("destCPG", set.group());
        parameters.put("online", true);
        parameters.put("tpvv", true);
        var answer = wsapi.send(copyCall(from, to, parameters), Code.VOLUME_EXISTS, Code.NO_CPG);
        if (answer.code() == Code.NO_CPG) throw set.noGroup(answer);
        set.add(to);
        if (!answer.isFine()) overwrite(source, target, progress);
    }

    /** An offline copy; the target grows before if it has to. */
    void overwrite(ArrayObject source, ArrayName target, Progress progress) {
        var from = Names.object(source);
        var to = Names.volume(target);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("destVolume", to);
        parameters.put("online", false);
        parameters.put("saveSnapshot", false);
        parameters.put("priority", HIGH);
        // Never twice: by the time a late one comes about, the target may be in use.
        var call = copyCall(from, to, parameters).once();
        tasks.follow(call, begin(call, from, to), progress, true);
    }

    /** Whether the target was smaller than the source, which it isn't any more. */
    private boolean makeRoom(Call call, String from, String to) {
        var there = volumes.items(from, to);
        var source = there.get(from);
        var target = there.get(to);
        if (source == null || target == null)
            throw new ObjectMissing(call.doing(), "volume \"%s\" does not exist".formatted(source == null ? from : to));
        if (source.sizeMiB() <= target.sizeMiB()) return false;
        volumes.grow(target, source.sizeMiB());
        return true;
    }

    private Answer begin(Call call, String from, String to) {
        Answer answer;
        try {
            answer = wsapi.send(call, Code.BUSY);
        } catch (ArrayRefused e) {
            // The number for a target that is too small is not documented.
            if (!makeRoom(call, from, to)) throw e;
            answer = wsapi.send(call, Code.BUSY);
        }
        if (!answer.isFine()) {
            // An attempt that was cut short still goes on.
            tasks.endAll(to);
            answer = wsapi.send(call);
        }
        return answer;
    }

    /**
     * Promotes the snapshot; a volume that has grown since is copied to instead, as the array doesn't promote then. It goes on
     * to the end, whoever stops watching: a volume half restored is good for nothing.
     */
    void restore(SnapshotRef snapshot, Progress progress) {
        var name = Names.snapshot(snapshot);
        var volume = Names.volume(snapshot.volume());
        var call = Call.put("restore volume \"%s\" from snapshot \"%s\"".formatted(volume, name), Volumes.PATH)
                .below(name)
                .body(Map.of("action", PROMOTE, "online", true, "priority", HIGH))
                .once();
        Answer answer;
        try {
            answer = wsapi.send(call);
        } catch (ArrayRefused e) {
            if (!hasGrown(volume, name)) throw e;
            overwrite(snapshot, snapshot.volume(), progress);
            return;
        }
        tasks.follow(call, answer, progress, false);
    }

    private boolean hasGrown(String volume, String snapshot) {
        var there = volumes.items(volume, snapshot);
        var now = there.get(volume);
        var then = there.get(snapshot);
        return now != null && then != null && now.sizeMiB() > then.sizeMiB();
    }

    private static Call copyCall(String from, String to, Map<String, Object> parameters) {
        return Call.post("copy \"%s\" to \"%s\"".formatted(from, to), Volumes.PATH)
                .below(from)
                .body(Map.of("action", "createPhysicalCopy", "parameters", parameters));
    }
}
