"""SafeMode, as `{"set": "safemode"}` of the control socket turns it on. Section 6.18; 8.12, 8.15."""

from .case import MIB, ArrayCase


class SafeModeTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(lambda: self.array.control(set="safemode", to=None))

    def test_what_is_destroyed_stays(self):
        pod = self.pod()["name"]
        volume = self.volume("v", MIB)["name"]
        snapshot = self.post("volume-snapshots", {"suffix": "s"}, source_names=volume)[0]["name"]
        self.assertTrue(self.array.control(set="safemode", to=True)["ok"])
        self.assertEqual("all-disabled", self.one("arrays")["eradication_config"]["manual_eradication"])
        self.patch("volume-snapshots", {"destroyed": True}, names=snapshot)
        self.refused("DELETE", "volume-snapshots", names=snapshot, says="Eradication is disabled.")
        self.patch("volumes", {"destroyed": True}, names=volume)
        self.refused("DELETE", "volumes", names=volume, says="Eradication is disabled.")
        self.patch("pods", {"destroyed": True}, names=pod)
        self.refused("DELETE", "pods", names=pod, says="Cannot eradicate pod")
        self.assertTrue(self.array.control(set="safemode", to=None)["ok"])
        self.delete("volumes", names=volume)
        self.delete("pods", names=pod)
