package io.stowage.benchmarks;

import io.stowage.client.Json;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.iscsi.IscsiInitiator;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.model.Portal;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Endpoint;
import io.stowage.tests.arena.FlashArrayApi;
import io.stowage.tests.arena.Vendor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A volume of the array through the target, by our initiator, without FUSE and loop device. */
record UnitDisk(String name, Initiator initiator, RemoteUnit unit) implements Disk {
    private static final String IQN = "iqn.2026-11.io.stowage:benchmark";

    /** How a FlashArray's NAA designator begins (its company id); the volume's serial number follows. */
    private static final String NAA_PREFIX = "624a9370";

    static UnitDisk open(String name, Arena arena, long bytes) throws IOException {
        Endpoint endpoint = arena.array().endpoint(Vendor.PURE);
        try (FlashArrayApi array = new FlashArrayApi(endpoint)) {
            array.request("POST", "/volumes?names=bench", "{\"provisioned\":" + bytes + "}");
            array.request("POST", "/hosts?names=bench", "{\"iqns\":[\"" + IQN + "\"]}");
            Json connection = array.request("POST", "/connections?host_names=bench&volume_names=bench", "{}")
                    .get("items")
                    .items()
                    .getFirst();
            String serial =
                    array.items("/volumes?names=bench").getFirst().get("serial").text();
            Initiator initiator = IscsiInitiator.of(IQN, arena.path("initiator"), InitiatorOptions.DEFAULT);
            AttachRequest request = new AttachRequest(
                    "bench",
                    new RemoteTarget(
                            endpoint.iqn(),
                            List.of(Portal.parse(endpoint.portals().getFirst(), 3260))),
                    (int) connection.get("lun").number(1),
                    new ExpectedIdentity(NAA_PREFIX + serial));
            return new UnitDisk(name, initiator, initiator.open(request));
        }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        unit.read(offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
        unit.write(offset, source);
    }

    @Override
    public void close() {
        initiator.close(unit);
        initiator.close();
    }
}
