"""Protection groups, their members and snapshots, default protections. Sections 6.15 to 6.17; 8.16."""

from .case import MIB, ArrayCase

DAY = 86400000


class ProtectionCase(ArrayCase):
    def group(self, rest="pg"):
        name = rest if "::" in rest else self.name(rest)
        self.post("protection-groups", {}, names=name)
        self.addCleanup(self.eradicate, "protection-groups", name)
        return name


class ProtectionGroupsTest(ProtectionCase):
    def test_a_life(self):
        name = self.group()
        group = self.one("protection-groups", names=name)
        self.assertEqual((name, False, None, True, 0, 0, 0, 0, "unlocked"), tuple(group[key] for key in (
            "name", "destroyed", "time_remaining", "is_local", "volume_count", "host_count", "host_group_count",
            "target_count", "retention_lock")))
        self.assertFalse(group["snapshot_schedule"]["enabled"])
        self.assertFalse(group["replication_schedule"]["enabled"])
        self.assertLessEqual({"all_for_sec", "days", "per_day"}, set(group["source_retention"]))
        self.refused("POST", "protection-groups", {}, names=name, says="already exists")
        self.refused("DELETE", "protection-groups", names=name)
        other = self.name("renamed")
        self.addCleanup(self.eradicate, "protection-groups", other)
        self.patch("protection-groups", {"name": other}, names=name)
        self.assertGreater(self.patch("protection-groups", {"destroyed": True}, names=other)[0]["time_remaining"], 0)
        self.patch("protection-groups", {"destroyed": False}, names=other)
        self.patch("protection-groups", {"destroyed": True}, names=other)
        self.delete("protection-groups", names=other)
        self.refused("GET", "protection-groups", names=other, context=other, says="Protection group does not exist.")

    def test_schedule_and_retention(self):
        """6.15, 2.6."""
        name = self.group()
        group = self.patch("protection-groups", {
            "snapshot_schedule": {"enabled": True, "frequency": DAY, "at": 3600},
            "source_retention": {"all_for_sec": 86400, "per_day": 4, "days": 7}}, names=name)[0]
        schedule = group["snapshot_schedule"]
        self.assertEqual((True, DAY), (schedule["enabled"], schedule["frequency"]))
        self.assertEqual({"all_for_sec": 86400, "per_day": 4, "days": 7}, group["source_retention"])

    def test_members_are_of_one_kind(self):
        """6.15."""
        name = self.group()
        volume = self.volume("v", MIB)["name"]
        self.post("protection-groups/volumes", group_names=name, member_names=volume)
        item = self.one("protection-groups/volumes", group_names=name)
        self.assertEqual((name, volume), (item["group"]["name"], item["member"]["name"]))
        self.assertEqual([name], [one["group"]["name"] for one in
                                  self.get("volumes/protection-groups", member_names=volume)])
        self.assertEqual(1, self.one("protection-groups", names=name)["volume_count"])
        self.refused("POST", "protection-groups/volumes", group_names=name, member_names=volume)
        self.refused("POST", "protection-groups/volumes", group_names=name, member_names=self.name("none"),
                     says="does not exist.")
        self.refused("POST", "protection-groups/hosts", group_names=name, member_names=self.host()["name"])
        self.delete("protection-groups/volumes", group_names=name, member_names=volume)
        self.refused("DELETE", "protection-groups/volumes", group_names=name, member_names=volume,
                     says="could not be found")

    def test_hosts_as_members(self):
        name = self.group()
        host = self.host()["name"]
        self.post("protection-groups/hosts", group_names=name, member_names=host)
        self.assertEqual(host, self.one("protection-groups/hosts", group_names=name)["member"]["name"])
        self.assertEqual(1, self.one("protection-groups", names=name)["host_count"])
        self.delete("protection-groups/hosts", group_names=name, member_names=host)

    def test_only_volumes_of_its_pod(self):
        """6.15."""
        pod = self.pod()["name"]
        group = self.group(pod + "::pg")
        self.assertEqual(pod, self.one("protection-groups", names=group)["pod"]["name"])
        self.refused("POST", "protection-groups/volumes", group_names=group,
                     member_names=self.volume("outside", MIB)["name"])
        inside = self.volume(pod + "::inside", MIB)["name"]
        self.post("protection-groups/volumes", group_names=group, member_names=inside)

    def test_volumes_join_when_they_are_made(self):
        """6.6: add_to_protection_group_names."""
        group = self.group()
        name = self.name("v")
        self.addCleanup(self.eradicate, "volumes", name)
        self.post("volumes", {}, names=name, add_to_protection_group_names=group)
        self.assertEqual(name, self.one("protection-groups/volumes", group_names=group)["member"]["name"])

    def test_names(self):
        for bad in ("a_b", "a.b", "-a", "123", "x" * 64):
            with self.subTest(bad):
                self.refused("POST", "protection-groups", {}, names=bad, context=bad)


class ProtectionGroupSnapshotsTest(ProtectionCase):
    def test_a_life(self):
        """6.16, 4.1."""
        group = self.group()
        volumes = [self.volume(rest, MIB)["name"] for rest in "ab"]
        for volume in volumes:
            self.post("protection-groups/volumes", group_names=group, member_names=volume)
        made = self.post("protection-group-snapshots", {"suffix": "one"}, source_names=group)[0]
        name = group + ".one"
        self.assertEqual((name, "one", group, False),
                         (made["name"], made["suffix"], made["source"]["name"], made["destroyed"]))
        members = [name + "." + volume for volume in volumes]
        self.assertEqual(members, sorted(self.names("volume-snapshots", filter="name='%s.*'" % name)))
        self.assertEqual(volumes[0], self.one("volume-snapshots", names=members[0])["source"]["name"])
        self.assertIn(members[0], self.names("volume-snapshots", source_names=volumes[0]))  # 6.8
        self.refused("POST", "protection-group-snapshots", {"suffix": "one"}, source_names=group,
                     says="already exists")
        copy = self.name("copy")
        self.addCleanup(self.eradicate, "volumes", copy)
        self.post("volumes", {"source": {"name": members[0]}}, names=copy)
        self.patch("protection-group-snapshots", {"destroyed": True}, names=name)
        self.assertTrue(self.one("volume-snapshots", names=members[0])["destroyed"])  # they follow
        self.patch("protection-group-snapshots", {"destroyed": False}, names=name)
        self.assertFalse(self.one("volume-snapshots", names=members[0])["destroyed"])
        self.patch("protection-group-snapshots", {"destroyed": True}, names=name)
        self.delete("protection-group-snapshots", names=name)
        self.refused("GET", "volume-snapshots", names=members[0], says="No such volume or snapshot.")
        self.refused("GET", "protection-group-snapshots", names=name)

    def test_in_a_pod(self):
        """4.1: pod::pgroup.suffix.vol, the pod not repeated."""
        pod = self.pod()["name"]
        group = self.group(pod + "::pg")
        volume = self.volume(pod + "::v", MIB)["name"]
        self.post("protection-groups/volumes", group_names=group, member_names=volume)
        self.post("protection-group-snapshots", {"suffix": "s"}, source_names=group)
        self.assertEqual([group + ".s.v"], self.names("volume-snapshots", filter="name='%s.s.*'" % group))

    def test_the_array_numbers_those_without_a_suffix(self):
        group = self.group()
        made = self.post("protection-group-snapshots", {}, source_names=group)[0]
        self.assertRegex(made["suffix"], "^[0-9]+$")

    def test_they_go_with_their_group(self):
        """6.15."""
        group = self.group()
        self.post("protection-group-snapshots", {"suffix": "s"}, source_names=group)
        self.patch("protection-groups", {"destroyed": True}, names=group)
        self.assertTrue(self.one("protection-group-snapshots", names=group + ".s")["destroyed"])


class DefaultProtectionsTest(ProtectionCase):
    def test_a_pods_list(self):
        """6.17, 8.16."""
        pod = self.pod()["name"]
        row = self.one("container-default-protections", names=pod)
        self.assertEqual((pod, "pod"), (row["name"], row["type"]))
        self.patch("container-default-protections", {"default_protections": []}, names=pod)
        group = self.group(pod + "::default")
        changed = self.patch("container-default-protections", {
            "default_protections": [{"name": group, "type": "protection_group"}]}, names=pod)[0]
        self.assertEqual([(group, "protection_group")],
                         [(one["name"], one["type"]) for one in changed["default_protections"]])
        volume = self.volume(pod + "::v", MIB)["name"]
        self.assertEqual(volume, self.one("protection-groups/volumes", group_names=group)["member"]["name"])
        self.post("volumes", {}, names=pod + "::w", with_default_protection=False)
        self.assertEqual(1, len(self.get("protection-groups/volumes", group_names=group)))
        self.refused("PATCH", "protection-groups", {"destroyed": True}, names=group)  # while it is a default
        self.patch("container-default-protections", {"default_protections": []}, names=pod)
        self.patch("protection-groups", {"destroyed": True}, names=group)
        self.refused("PATCH", "container-default-protections", {
            "default_protections": [{"name": pod + "::none", "type": "protection_group"}]}, names=pod)
        self.refused("GET", "container-default-protections", names=self.name("none"))

    def test_the_arrays_own_row(self):
        """6.17: an empty name is the array's; its name, id and type are null. A new pod copies its list."""
        row = self.one("container-default-protections", names="")
        self.assertEqual((None, None, None), (row["name"], row["id"], row["type"]))
        before = [{"name": one["name"], "type": one["type"]} for one in row["default_protections"]]
        group = self.group("everybodys")
        self.addCleanup(lambda: self.array.call(
            "PATCH", "container-default-protections", {"default_protections": before}, names=""))
        self.patch("container-default-protections", {
            "default_protections": [{"name": group, "type": "protection_group"}]}, names="")
        pod = self.pod("copying")["name"]
        copied = self.one("container-default-protections", names=pod)["default_protections"]
        self.assertEqual(1, len(copied))
        self.assertTrue(copied[0]["name"].startswith(pod + "::"))
        self.assertEqual([copied[0]["name"]], self.names("protection-groups", filter="pod.name='%s'" % pod))
        self.patch("container-default-protections", {"default_protections": []}, names="")
        self.patch("container-default-protections", {"default_protections": []}, names=pod)


class RetentionLockTest(ProtectionCase):
    def test_a_ratcheted_group_keeps_what_it_has(self):
        """6.15: members, retention and the group itself; only support undoes it, so it stays on this array."""
        name = self.name("ratcheted")
        self.post("protection-groups", {}, names=name)
        volume = self.volume("v", MIB)["name"]
        self.post("protection-groups/volumes", group_names=name, member_names=volume)
        self.patch("protection-groups", {"source_retention": {"all_for_sec": 172800, "per_day": 2, "days": 2}},
                   names=name)
        self.assertEqual("ratcheted", self.patch("protection-groups", {"retention_lock": "ratcheted"},
                                                 names=name)[0]["retention_lock"])
        self.refused("PATCH", "protection-groups", {"retention_lock": "unlocked"}, names=name)
        self.refused("PATCH", "protection-groups", {"destroyed": True}, names=name)
        self.refused("DELETE", "protection-groups/volumes", group_names=name, member_names=volume)
        self.refused("PATCH", "protection-groups", {"source_retention": {"all_for_sec": 60}}, names=name)
