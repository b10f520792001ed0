package io.stowage.engine.real;

import io.stowage.engine.host.VolumeFiles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** File systems that only note what is mounted: for tests in which nobody reads or writes. */
final class PaperFiles implements InvocationHandler {
    private static final long MINIMUM_BYTES = 1 << 20;

    /** Folder to device. */
    private final Map<Path, Path> mounts = new ConcurrentHashMap<>();

    private PaperFiles() {}

    static VolumeFiles make() {
        return (VolumeFiles) Proxy.newProxyInstance(
                VolumeFiles.class.getClassLoader(), new Class<?>[] {VolumeFiles.class}, new PaperFiles());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) {
        Object[] arguments = Objects.requireNonNull(given, "all of them have some");
        return switch (method.getName()) {
            case "requireSupport", "make", "grow", "renewIdentity", "protect", "freeze", "thaw" -> null;
            case "minimumBytes", "minimumResizedBytes" -> MINIMUM_BYTES;
            case "growthRefusal" -> Optional.empty();
            case "mount" -> {
                mounts.put((Path) arguments[2], (Path) arguments[0]);
                yield null;
            }
            case "unmount" -> {
                mounts.remove((Path) arguments[0]);
                yield null;
            }
            case "unmountOthers" -> {
                mounts.computeIfPresent(
                        (Path) arguments[1], (_, device) -> device.equals(arguments[0]) ? device : null);
                yield null;
            }
            case "isMounted" -> arguments[0].equals(mounts.get((Path) arguments[1]));
            default -> throw new AssertionError("Nothing here has files: " + method.getName());
        };
    }
}
