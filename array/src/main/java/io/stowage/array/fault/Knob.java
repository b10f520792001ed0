package io.stowage.array.fault;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A state of the array that testers may set and ask for. */
public interface Knob {
    /** What it is called on the control socket. */
    String name();

    /** How it stands, as JSON. */
    JsonNode value();

    /**
     * Sets it; null for what it is usually.
     *
     * @throws BadControl it can't be set to that
     */
    void set(JsonNode to) throws BadControl;

    /** A knob that is on or off. */
    static Knob flag(String name, Supplier<Boolean> get, Consumer<Optional<Boolean>> set) {
        return new Knob() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public JsonNode value() {
                return JsonNodeFactory.instance.booleanNode(get.get());
            }

            @Override
            public void set(JsonNode to) throws BadControl {
                if (!to.isNull() && !to.isBoolean()) {
                    throw BadControl.invalid("to", to, "true or false, or null for the usual");
                }
                set.accept(to.isNull() ? Optional.empty() : Optional.of(to.booleanValue()));
            }
        };
    }

    /** A knob that stands at a whole number, or at none. */
    static Knob number(String name, long least, long most, Supplier<Optional<Long>> get, Consumer<Optional<Long>> set) {
        return new Knob() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public JsonNode value() {
                var json = JsonNodeFactory.instance;
                return get.get().<JsonNode>map(json::numberNode).orElseGet(json::nullNode);
            }

            @Override
            public void set(JsonNode to) throws BadControl {
                if (to.isNull()) {
                    set.accept(Optional.empty());
                } else if (to.isIntegralNumber()
                        && to.canConvertToLong()
                        && to.longValue() >= least
                        && to.longValue() <= most) {
                    set.accept(Optional.of(to.longValue()));
                } else {
                    throw BadControl.invalid(
                            "to", to, "a whole number from %d to %d, or null for the usual".formatted(least, most));
                }
            }
        };
    }
}
