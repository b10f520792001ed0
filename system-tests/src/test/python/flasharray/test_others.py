"""What monitoring reads: performance, connected arrays, certificates, support and the like. Sections 6.1, 6.19."""

from .case import MIB, ArrayCase


class PerformanceTest(ArrayCase):
    def test_the_array(self):
        item = self.one("arrays/performance")
        for key in ("reads_per_sec", "writes_per_sec", "read_bytes_per_sec", "write_bytes_per_sec",
                    "usec_per_read_op", "usec_per_write_op", "queue_depth", "time"):
            self.assertIn(key, item)

    def test_volumes_pods_and_hosts(self):
        volume = self.volume("v", MIB)["name"]
        self.assertEqual(0, self.one("volumes/performance", names=volume)["writes_per_sec"])
        self.assertEqual(self.pod()["name"], self.one("pods/performance", names=self.name("pod"))["name"])
        self.assertEqual(self.host()["name"], self.one("hosts/performance", names=self.name("h"))["name"])
        self.refused("GET", "volumes/performance", names=self.name("none"), says="does not exist.")


class OthersTest(ArrayCase):
    def test_array_connections(self):
        """6.19: no array is connected; a key to be connected with can be had."""
        self.assertEqual([], self.get("array-connections"))
        self.assertTrue(self.post("array-connections/connection-key")[0]["connection_key"])
        self.refused("GET", "array-connections", names="none")

    def test_certificates(self):
        with open(self.array.endpoints["certificate"]) as file:
            pem = file.read()
        names = self.names("certificates")
        self.assertIn("management", names)
        self.assertIn(pem.split("-----")[2].split()[0],
                      self.one("certificates", names="management")["certificate"])

    def test_lists_that_exporters_ask_for(self):
        for path in ("support", "dns", "smtp-servers", "hardware", "drives", "admins"):
            with self.subTest(path):
                self.assertIsInstance(self.get(path), list)
