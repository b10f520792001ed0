package io.stowage.array.flasharray;

import io.stowage.array.core.Load;
import io.stowage.web.json.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a load comes to per second and per operation. Nothing is mirrored or limited here, and what is counted is service
 * time: how long data was under way on the network, or a command behind others, isn't known and told as 0.
 */
final class LoadFigures {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MICRO = 1000;

    private final Load load;
    private final Duration time;

    /** @param time how long it took; zero stands for nothing measured yet */
    LoadFigures(Load load, Duration time) {
        this.load = load;
        this.time = time;
    }

    ObjectNode json() {
        var figures = Json.object()
                .put("reads_per_sec", perSecond(load.reads()))
                .put("writes_per_sec", perSecond(load.writes()))
                .put("read_bytes_per_sec", perSecond(load.readBytes()))
                .put("write_bytes_per_sec", perSecond(load.writtenBytes()))
                .put("bytes_per_read", per(load.readBytes(), load.reads()))
                .put("bytes_per_write", per(load.writtenBytes(), load.writes()))
                .put("bytes_per_op", per(load.readBytes() + load.writtenBytes(), load.reads() + load.writes()));
        var read = per(load.readNanos() / NANOS_PER_MICRO, load.reads());
        var write = per(load.writeNanos() / NANOS_PER_MICRO, load.writes());
        figures.put("usec_per_read_op", read).put("usec_per_write_op", write);
        figures.put("service_usec_per_read_op", read).put("service_usec_per_write_op", write);
        for (var wait : new String[] {"queue", "san", "qos_rate_limit"}) {
            figures.put(wait + "_usec_per_read_op", 0).put(wait + "_usec_per_write_op", 0);
            figures.put(wait + "_usec_per_mirrored_write_op", 0);
        }
        return figures.put("service_usec_per_mirrored_write_op", 0)
                .put("service_usec_per_read_op_cache_reduction", 0.0)
                .put("usec_per_mirrored_write_op", 0)
                .put("mirrored_writes_per_sec", 0)
                .put("mirrored_write_bytes_per_sec", 0)
                .put("bytes_per_mirrored_write", 0);
    }

    /** As many operations as were served at the same time on average. */
    long depth() {
        return time.isZero() ? 0 : Math.round((double) (load.readNanos() + load.writeNanos()) / time.toNanos());
    }

    long perSecond(long count) {
        return time.isZero() ? 0 : Math.round(count * NANOS / time.toNanos());
    }

    private static long per(long sum, long operations) {
        return operations == 0 ? 0 : Math.round((double) sum / operations);
    }
}
