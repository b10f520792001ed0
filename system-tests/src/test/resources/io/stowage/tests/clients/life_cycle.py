"""A storage life cycle with pylxd. Where and as whom: STOWAGE_ENDPOINT, CLIENT_CERT, CLIENT_KEY, VERIFY and TOKEN for HTTPS,
else LXD_DIR; the pool: DRIVER, POOL_CONFIG (JSON) and POOL."""

import json
import os
import threading

import pylxd
from pylxd import exceptions

os.environ["PYLXD_WARNINGS"] = "none"  # it is older than some members of pools and volumes


def expect(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def connect():
    endpoint = os.environ.get("STOWAGE_ENDPOINT")
    if not endpoint:
        return pylxd.Client()
    pair = (os.environ["CLIENT_CERT"], os.environ["CLIENT_KEY"])
    client = pylxd.Client(endpoint=endpoint, cert=pair, verify=os.environ["VERIFY"])
    assert not client.trusted
    client.authenticate(os.environ["TOKEN"])
    assert client.trusted
    return client


def refused(action, message):
    try:
        action()
    except exceptions.LXDAPIException as error:
        assert message in str(error), str(error)
    else:
        raise AssertionError(f"nobody said {message!r}")


client = connect()
name = os.environ["POOL"]

# A listener that is told of everything, over the socket: pylxd shows no certificate there otherwise.
heard = []
deleted = threading.Event()
if not os.environ.get("STOWAGE_ENDPOINT"):
    from ws4py.client import WebSocketBaseClient

    class Listener(WebSocketBaseClient):
        def handshake_ok(self):
            threading.Thread(target=self.run, daemon=True).start()

        def received_message(self, message):
            event = json.loads(message.data)
            if event["type"] == "lifecycle":
                heard.append(event["metadata"]["action"])
                if event["metadata"]["action"] == "storage-volume-deleted":
                    deleted.set()

    listener = client.events(websocket_client=Listener)
    listener.connect()

# Pools
assert not client.storage_pools.exists(name)
pool = client.storage_pools.create(
    {"name": name, "driver": os.environ["DRIVER"], "config": json.loads(os.environ["POOL_CONFIG"])}
)
expect((pool.name, pool.driver, pool.status, pool.used_by), (name, os.environ["DRIVER"], "Created", []))
assert client.storage_pools.exists(name)
assert name in [one.name for one in client.storage_pools.all()]
assert pool.resources.get().space["total"] > 0
pool.description = "by pylxd"
pool.config["user.owner"] = "pylxd"
pool.save()
pool.patch({"config": {"user.also": "1"}})
again = client.storage_pools.get(name)
expect((again.description, again.config["user.owner"], again.config["user.also"]), ("by pylxd", "pylxd", "1"))
refused(lambda: client.storage_pools.create({"name": name, "driver": os.environ["DRIVER"]}), "already exists")
refused(lambda: client.storage_pools.get("none"), "not found")

# Volumes
volume = pool.volumes.create({"name": "v", "type": "custom", "config": {"size": "256MiB"}})
expect((volume.name, volume.type, volume.config["size"]), ("v", "custom", "256MiB"))
pool.volumes.create({"name": "b", "type": "custom", "content_type": "block", "config": {"size": "256MiB"}})
expect(sorted(one.name for one in pool.volumes.all()), ["b", "v"])
volume.config["user.a"] = "1"
volume.save()
volume.patch({"config": {"size": "512MiB"}})
expect((volume.config["user.a"], volume.config["size"]), ("1", "512MiB"))
volume.put({"config": {"size": "512MiB", "user.b": "2"}})
expect(("user.a" in volume.config, volume.config["user.b"]), (False, "2"))
refused(lambda: pool.volumes.create({"name": "v", "type": "custom"}), "Volume by that name already exists")
refused(lambda: pool.volumes.get("custom", "none"), "not found")
refused(lambda: volume.patch({"config": {"flavour": "sweet"}}), "flavour")
refused(pool.delete, "The storage pool is currently in use")

# Snapshots: pylxd has no class for these, so through its nodes
snapshots = pool.api.volumes.custom["v"].snapshots


def done(response):
    client.operations.wait_for_operation(response.json()["operation"])


done(snapshots.post(json={"name": "s"}))
expect(snapshots["s"].get().json()["metadata"]["name"], "s")
volume.put({"restore": "s"})
done(snapshots["s"].post(json={"name": "t"}))
refused(lambda: snapshots["s"].get(), "not found")

# Copies, with what a volume had
copy = pool.volumes.create(
    {"name": "c", "type": "custom", "source": {"type": "copy", "pool": name, "name": "v"}}
)
expect(copy.config["size"], "512MiB")
expect(len(pool.api.volumes.custom["c"].snapshots.get().json()["metadata"]), 1)
copy.rename({"name": "d", "pool": name}, wait=False)
expect(pool.volumes.get("custom", "d").name, "d")

# A backup that is taken away and comes back
done(pool.api.volumes.custom["d"].backups.post(json={"name": "k", "compression_algorithm": "none"}))
backup = pool.api.volumes.custom["d"].backups["k"].export.get().content
assert b"backup/index.yaml" in backup
done(pool.api.volumes.custom["d"].backups["k"].delete())
done(
    pool.api.volumes.custom.post(
        data=backup, headers={"Content-Type": "application/octet-stream", "X-LXD-name": "e"}
    )
)
expect(pool.volumes.get("custom", "e").config["size"], "512MiB")

for one in ("v", "b", "d", "e"):
    pool.volumes.get("custom", one).delete()
expect(pool.volumes.all(), [])
if not os.environ.get("STOWAGE_ENDPOINT"):
    assert deleted.wait(60), heard
    for action in ("storage-pool-created", "storage-volume-created", "storage-volume-snapshot-created"):
        assert action in heard, (action, heard)
    listener.close()
pool.delete()
assert not client.storage_pools.exists(name)
print("done")
