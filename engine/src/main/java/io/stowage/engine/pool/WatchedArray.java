package io.stowage.engine.pool;

import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.StorageArray;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears of it when an array turns out to be out of reach, whoever calls it for whatever reason. */
final class WatchedArray implements InvocationHandler {
    private final StorageArray array;
    private final Consumer<ArrayUnreachable> listener;

    private WatchedArray(StorageArray array, Consumer<ArrayUnreachable> listener) {
        this.array = array;
        this.listener = listener;
    }

    static StorageArray over(StorageArray array, Consumer<ArrayUnreachable> listener) {
        return (StorageArray) Proxy.newProxyInstance(
                StorageArray.class.getClassLoader(),
                new Class<?>[] {StorageArray.class},
                new WatchedArray(array, listener));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(array, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            if (cause instanceof ArrayUnreachable unreachable) {
                listener.accept(unreachable);
            }
            throw cause;
        }
    }
}
