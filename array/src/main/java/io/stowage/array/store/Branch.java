package io.stowage.array.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A page that leads to 254 pages of the level below; an entry is address and birth, 0 for none. */
final class Branch extends Page {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Pointer[].class);

    private final @Nullable Pointer[] children;

    private Branch(Pointer pointer, long generation, @Nullable Pointer[] children) {
        super(pointer, generation);
        this.children = children;
    }

    static Branch empty(Pointer pointer, long generation) {
        return new Branch(pointer, generation, new @Nullable Pointer[Format.FAN_OUT]);
    }

    static Branch parse(ByteBuffer entries, Pointer pointer) {
        Branch branch = empty(pointer, SETTLED);
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            long address = entries.getLong();
            long birth = entries.getLong();
            if (address != 0) {
                branch.children[slot] = new Pointer(address, birth, pointer.level() - 1);
            }
        }
        return branch;
    }

    @Nullable
    Pointer child(int slot) {
        return (Pointer) ELEMENT.getAcquire(children, slot);
    }

    void set(int slot, @Nullable Pointer child) {
        ELEMENT.setRelease(children, slot, child);
    }

    @Override
    Branch copy(Pointer pointer, long generation) {
        Branch copy = new Branch(pointer, generation, children.clone());
        copy.blocks = blocks;
        return copy;
    }

    @Override
    void visit(Visitor visitor) {
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            Pointer child = child(slot);
            if (child != null) {
                visitor.page(child);
            }
        }
    }

    @Override
    boolean isEmpty() {
        return Arrays.stream(children).allMatch(Objects::isNull);
    }

    @Override
    void writeEntries(ByteBuffer page) {
        for (Pointer child : children) {
            page.putLong(child == null ? 0 : child.address()).putLong(child == null ? 0 : child.birth());
        }
    }
}
