package io.stowage.array.wsapi;

import io.stowage.array.core.Estate;
import io.stowage.array.fault.Knob;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.set.QosRules;
import io.stowage.array.wsapi.set.VolumeSetCalls;
import io.stowage.array.wsapi.set.VolumeSets;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.array.wsapi.task.TaskCalls;
import io.stowage.array.wsapi.task.Tasks;
import io.stowage.array.wsapi.volume.VolumeEndpoints;
import java.util.List;
import java.util.stream.Stream;

/** The resources that hold data, and what time brings for them: volumes, sets of volumes, tasks. */
final class DataResources {
    private final Tasks tasks;
    private final VolumeEndpoints volumes;
    private final VolumeSetCalls sets;
    private final TaskCalls taskCalls;
    private final QosRules qos;

    /** @param exports knows which sets hosts see */
    DataResources(Estate estate, Identity identity, VolumeSets.SetExports exports) {
        this.tasks = new Tasks(estate, VolumeEndpoints.effects());
        var memberships = new VolumeSets(exports).calls(estate);
        this.volumes = new VolumeEndpoints(estate, identity, tasks, memberships::addTo);
        this.sets = new VolumeSetCalls(estate, memberships, volumes);
        this.taskCalls = new TaskCalls(estate, tasks, identity.account().user());
        this.qos = new QosRules(estate);
    }

    List<Endpoint> rows() {
        return Stream.of(volumes.rows(), sets.rows(), taskCalls.rows(), qos.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** Does what became due since the last request, so that no request sees the array without it. */
    void settle() {
        tasks.settle();
        volumes.removeExpired();
    }

    /** Does what is due although nobody asks; about once a minute. */
    void doWhatIsDue() {
        tasks.settle();
        tasks.forgetOld();
        volumes.removeAllExpired();
    }

    /** How long tasks take. */
    Knob taskDuration() {
        return tasks.knob();
    }
}
