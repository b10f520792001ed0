package io.stowage.benchmarks.tgt;

import io.stowage.client.Json;
import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.FlashArrayApi;
import io.stowage.tests.arena.Vendor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A volume of the array in a box. */
record OurTarget(ArrayInABox array, int lun) implements Target {
    static OurTarget start(Path state, String address) {
        ArrayInABox array = ArrayInABox.start(state, "4GiB", Set.of(Vendor.PURE), List.of(address));
        try (FlashArrayApi api = new FlashArrayApi(array.endpoint(Vendor.PURE))) {
            api.request("POST", "/volumes?names=bench", "{\"provisioned\":" + BYTES + "}");
            api.request("POST", "/hosts?names=bench", "{\"iqns\":[\"" + Load.INITIATOR + "\"]}");
            Json connection = api.request("POST", "/connections?host_names=bench&volume_names=bench", "{}")
                    .get("items")
                    .items()
                    .getFirst();
            return new OurTarget(array, (int) connection.get("lun").number(1));
        } catch (RuntimeException | Error e) {
            array.kill();
            throw e;
        }
    }

    @Override
    public String name() {
        return "stowage-array";
    }

    @Override
    public String portal() {
        return array.endpoint(Vendor.PURE).portals().getFirst();
    }

    @Override
    public String iqn() {
        return array.endpoint(Vendor.PURE).iqn();
    }

    @Override
    public long pid() {
        return array.pid();
    }

    @Override
    public void close() {
        array.kill();
    }
}
