"""Tags. Section 6.9."""

from .case import ArrayCase, since

SPACE = "integration.example.com"


class TagsTest(ArrayCase):
    def setUp(self):
        super().setUp()
        made = self.volume()
        self.volume_name, self.volume_id = made["name"], made["id"]

    def put(self, tags, path="volumes", **query):
        query = query or {"resource_names": self.volume_name}
        return self.ok(self.array.call("PUT", path + "/tags/batch", tags, **query)).items

    def tags(self, path="volumes", **query):
        query.setdefault("resource_names", self.volume_name)
        query.setdefault("namespaces", SPACE)
        return {item["key"]: item["value"] for item in self.get(path + "/tags", **query)}

    def test_a_life(self):
        made = self.put([{"key": "k", "value": "v", "namespace": SPACE, "copyable": False}])
        self.assertEqual([{"key": "k", "value": "v", "namespace": SPACE, "copyable": False,
                           "resource": {"id": self.volume_id, "name": self.volume_name}}],
                         [{key: item[key] for key in ("key", "value", "namespace", "copyable", "resource")}
                          for item in made])
        self.put([{"key": "l", "value": "w", "namespace": SPACE}])
        self.put([{"key": "k", "value": "again", "namespace": SPACE}])  # 8.25: merged by namespace and key
        self.assertEqual({"k": "again", "l": "w"}, self.tags())
        self.assertEqual({"k": "again", "l": "w"}, {item["key"]: item["value"] for item in self.get(
            "volumes/tags", resource_ids=self.volume_id, namespaces=SPACE)})
        self.delete("volumes/tags", resource_names=self.volume_name, keys="k", namespaces=SPACE)
        self.assertEqual({"l": "w"}, self.tags())
        self.refused("DELETE", "volumes/tags", resource_names=self.volume_name, keys="k", namespaces=SPACE)

    def test_namespaces_are_apart(self):
        self.put([{"key": "k", "value": "1", "namespace": SPACE}, {"key": "k", "value": "2"}])
        self.assertEqual({"k": "1"}, self.tags())
        self.assertEqual({"k": "2"}, self.tags(namespaces="default"))

    def test_limits(self):
        """4.1: 64, 256, 64; 1 to 30 in a batch; names that begin with `pure` are reserved."""
        self.put([{"key": "k" * 64, "value": "v" * 256, "namespace": "n" * 64}])
        for bad in ({"key": "k" * 65, "value": "v"}, {"key": "k", "value": "v" * 257}, {"key": "", "value": "v"},
                    {"key": "k", "value": "v", "namespace": "n" * 65},
                    {"key": "k", "value": "v", "namespace": "pure-x"}, {"value": "v"}, {"key": 1, "value": "v"}):
            with self.subTest(bad):
                self.refused("PUT", "volumes/tags/batch", [bad], resource_names=self.volume_name)
        self.refused("PUT", "volumes/tags/batch", [], resource_names=self.volume_name)
        self.put([{"key": "k%d" % i, "value": "v", "namespace": SPACE} for i in range(30)])
        self.refused("PUT", "volumes/tags/batch", [{"key": "k%d" % i, "value": "v"} for i in range(31)],
                     resource_names=self.volume_name)
        self.refused("PUT", "volumes/tags/batch", {"key": "k"}, resource_names=self.volume_name)
        self.refused("PUT", "volumes/tags/batch", [{"key": "k", "value": "v"}], resource_names=self.name("none"))

    def test_copyable_tags_follow_a_copy(self):
        """6.9, 8.25."""
        self.put([{"key": "goes", "value": "v", "namespace": SPACE},
                  {"key": "stays", "value": "v", "namespace": SPACE, "copyable": False}])
        copy = self.name("copy")
        self.addCleanup(self.eradicate, "volumes", copy)
        self.post("volumes", {"source": {"name": self.volume_name}}, names=copy)
        self.assertEqual({"goes": "v"}, self.tags(resource_names=copy))

    def test_snapshots_have_tags(self):
        """6.9: since 2.2."""
        self.post("volume-snapshots", {"suffix": "s"}, source_names=self.volume_name)
        name = self.volume_name + ".s"
        self.put([{"key": "k", "value": "v", "namespace": SPACE}], "volume-snapshots", resource_names=name)
        self.assertEqual({"k": "v"}, self.tags("volume-snapshots", resource_names=name))
        self.delete("volume-snapshots/tags", resource_names=name, keys="k", namespaces=SPACE)
        self.assertEqual({}, self.tags("volume-snapshots", resource_names=name))

    def test_filters_find_tags(self):
        self.put([{"key": "a", "value": "1", "namespace": SPACE}, {"key": "b", "value": "2", "namespace": SPACE}])
        self.assertEqual({"b": "2"}, self.tags(filter="key='b'"))

    def test_they_go_with_their_volume(self):
        self.put([{"key": "k", "value": "v", "namespace": SPACE}])
        self.patch("volumes", {"destroyed": True}, names=self.volume_name)
        self.delete("volumes", names=self.volume_name)
        self.assertEqual([], self.get("volumes/tags", namespaces=SPACE,
                                      filter="resource.name='%s'" % self.volume_name))

    @since(34)
    def test_hosts_have_tags(self):
        host = self.host()["name"]
        self.put([{"key": "k", "value": "v", "namespace": SPACE}], "hosts", resource_names=host)
        self.assertEqual({"k": "v"}, self.tags("hosts", resource_names=host))
