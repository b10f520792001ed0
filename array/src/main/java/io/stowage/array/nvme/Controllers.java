package io.stowage.array.nvme;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * All controllers of the target, whose numbers are unique over all subsystems and portals: hosts demand that within a
 * subsystem. May be used by several threads.
 */
final class Controllers {
    /** Higher ones have a meaning of their own. Base 2.0, figure 386. */
    private static final int HIGHEST = 0xFFEF;

    private final Map<Integer, Controller> byId = new HashMap<>(); // guarded by this
    private int last; // guarded by this

    /** A new controller with a number that no other has, and that was not used lately. */
    synchronized Controller open(IntFunction<Controller> making) {
        do {
            last = last % HIGHEST + 1;
        } while (byId.containsKey(last));
        Controller made = making.apply(last);
        byId.put(last, made);
        return made;
    }

    synchronized Optional<Controller> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized void remove(Controller controller) {
        byId.remove(controller.id(), controller);
    }

    synchronized List<Controller> all() {
        return new ArrayList<>(byId.values());
    }

    /** Those that serve namespaces. */
    Collection<Controller> withNamespaces() {
        return all().stream().filter(one -> one.service().hasQueues()).toList();
    }
}
