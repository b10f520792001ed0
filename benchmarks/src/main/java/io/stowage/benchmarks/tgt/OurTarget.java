package io.stowage.benchmarks.tgt;

import io.stowage.client.Json;
import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.FlashArrayApi;
import java.nio.file.Path;
import java.util.List;

/** A volume of the array in a box. */
record OurTarget(ArrayInABox array, int lun) implements Target {
    static OurTarget start(Path state, String address) {
        ArrayInABox array = ArrayInABox.start(state, "4GiB", List.of(address));
        try (FlashArrayApi api = FlashArrayApi.of(array)) {
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
        return array.portal();
    }

    @Override
    public String iqn() {
        return array.iqn();
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
