package io.stowage.array.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The switches of one front end. Thread-safe; looking takes no lock. */
public final class Switchboard<C, O> {
    private volatile List<FaultSwitch<C, O>> switches = List.of();

    Switchboard() {}

    /** Whether no switch is set: then a front end need not describe its call. */
    public boolean isIdle() {
        return switches.isEmpty();
    }

    /** What is to go wrong with this call: the oldest switch that hits it decides. */
    public Optional<Fault<O>> take(C call) {
        for (var each : switches) {
            var fault = each.take(call);
            if (each.isSpent()) {
                remove(FaultSwitch::isSpent);
            }
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    synchronized void add(FaultSwitch<C, O> added) {
        var more = new ArrayList<>(switches);
        more.add(added);
        switches = List.copyOf(more);
    }

    /** Takes switches away; returns how many. */
    synchronized int remove(Predicate<FaultSwitch<C, O>> which) {
        var before = switches.size();
        switches = switches.stream().filter(which.negate()).toList();
        return before - switches.size();
    }

    List<FaultSwitch<C, O>> all() {
        return switches;
    }
}
