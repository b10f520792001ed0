"""Envelope, names, paging, sort, filter, totals. Sections 2 and 5; 8.4 to 8.8."""

from .case import GIB, MIB, ArrayCase


class ListingTest(ArrayCase):
    def setUp(self):
        super().setUp()
        self.pool = self.pod()["name"]
        for rest, size in (("a", 2 * MIB), ("b", 3 * MIB), ("C", MIB), ("d", MIB)):
            self.volume(self.pool + "::" + rest, size)
        self.patch("volumes", {"destroyed": True}, names=self.pool + "::d")
        self.mine = "pod.name='%s'" % self.pool

    def listed(self, expression, **query):
        names = self.names("volumes", filter="%s and (%s)" % (self.mine, expression), **query)
        return [name.split("::")[1] for name in names]

    def test_the_envelope_has_all_its_keys(self):
        """2.1."""
        page = self.page("volumes", filter=self.mine)
        self.assertIsNone(page["continuation_token"])
        self.assertIs(False, page["more_items_remaining"])
        self.assertIsNone(page["total_item_count"])
        self.assertEqual(4, len(page["items"]))

    def test_the_count_is_told_when_asked_for(self):
        """2.1: limit=0 returns just the count."""
        page = self.page("volumes", filter=self.mine, total_item_count=True, limit=0)
        self.assertEqual(4, page["total_item_count"])
        self.assertEqual([], page["items"])

    def test_totals(self):
        """2.1: an element with sums; total_only leaves the items out."""
        page = self.page("volumes", filter=self.mine, total_only=True)
        self.assertEqual([], page["items"])
        total = page["total"][0]
        self.assertIsNone(total["name"])
        self.assertIsNone(total["id"])
        self.assertEqual(7 * MIB, total["provisioned"])
        self.assertEqual(total, self.page("volumes", filter=self.mine)["total"][0])

    def test_pages_follow_each_other(self):
        """2.2: opaque tokens until more_items_remaining is false."""
        found, token, pages = [], None, 0
        while True:
            more = {"continuation_token": token} if token else {}
            page = self.page("volumes", filter=self.mine, limit=2, **more)
            found += [item["name"].split("::")[1] for item in page["items"]]
            pages += 1
            if not page["more_items_remaining"]:
                break
            token = page["continuation_token"]
        self.assertEqual((["a", "b", "C", "d"], 2), (sorted(found, key=str.lower), pages))
        self.refused("GET", "volumes", continuation_token="%%%")
        self.refused("GET", "volumes", limit="many")

    def test_offset_goes_with_sort(self):
        """2.2."""
        self.assertEqual(["C", "d"], self.listed("name", sort="name", offset=2))

    def test_sort(self):
        """2.3: comma separated, nested names, a trailing minus for descending."""
        self.assertEqual(["b", "a", "C", "d"], self.listed("name", sort="provisioned-,name"))
        self.assertEqual(["C", "d", "a", "b"], self.listed("name", sort="space.total_provisioned,name"))

    def test_names_and_ids(self):
        """2.4: at most one of them; a missing one is an error, not an empty list."""
        a = self.one("volumes", names=self.pool + "::a")
        self.assertEqual(a, self.one("volumes", ids=a["id"]))
        self.assertEqual([self.pool + "::a", self.pool + "::b"],
                         self.names("volumes", names=[self.pool + "::a", self.pool + "::b"]))
        self.refused("GET", "volumes", names=a["name"], ids=a["id"])
        self.refused("GET", "volumes", names=self.pool + "::none", context=self.pool + "::none", says="does not exist.")
        self.refused("GET", "volumes", ids="00000000-0000-0000-0000-000000000000", says="does not exist.")

    def test_each_missing_object_is_an_error_of_its_own(self):
        """3."""
        missing = [self.pool + "::x", self.pool + "::y"]
        answer = self.array.call("GET", "volumes", names=missing)
        self.assertEqual(missing, [context for context, _ in answer.errors])

    def test_destroyed_objects_are_listed_unless_told_otherwise(self):
        """2.4."""
        d = self.pool + "::d"
        self.assertEqual(["a", "b", "C", "d"], self.listed("name"))
        self.assertEqual(["a", "b", "C"], self.listed("name", destroyed=False))
        self.assertEqual(["d"], self.listed("name", destroyed=True))
        self.assertEqual([d], self.names("volumes", names=d))
        self.assertEqual([d], self.names("volumes", names=d, destroyed=True))
        self.refused("GET", "volumes", names=d, destroyed=False)
        self.refused("GET", "volumes", names=self.pool + "::a", destroyed=True)

    def test_filters(self):
        """5, line by line."""
        pool = self.pool
        for expected, expression in (
            ("a", "name='%s::a'" % pool),
            ("a", "name=\"%s::A\"" % pool.upper()),
            ("abC", "not destroyed"),
            ("abC", "not(destroyed)"),
            ("abC", "destroyed=false"),
            ("abC", "destroyed='false'"),
            ("d", "destroyed"),
            ("d", "destroyed='true'"),
            ("bCd", "name!='%s::a'" % pool),
            ("ab", "name=('%s::a','%s::b')" % (pool, pool)),
            ("abCd", "name='%s::*'" % pool),
            ("abCd", "pod.name='%s'" % pool.upper()),
            ("", "pod.name!='%s'" % pool),
            ("ab", "provisioned>1048576"),
            ("b", "provisioned>='3145728'"),
            ("Cd", "provisioned<2097152"),
            ("aCd", "provisioned<=2097152"),
            ("b", "contains(name, '::b')"),
            ("abCd", "serial"),
            ("", "source.name"),
            ("ad", "name='%s::a' or destroyed and provisioned=1048576" % pool),
            ("", "(name='%s::a' or destroyed) and provisioned=3145728" % pool),
        ):
            with self.subTest(expression):
                self.assertEqual(list(expected), self.listed(expression))

    def test_a_filter_without_a_match_lists_nothing(self):
        """2.4."""
        self.assertEqual([], self.get("volumes", filter="name='%s'" % self.name("none")))

    def test_bad_filters_are_refused(self):
        """5: syntax error 400."""
        for expression in ("name=", "name='x", "(name='x'", "name='x' and", "='x'", "name=('a',", "contains(name"):
            with self.subTest(expression):
                self.refused("GET", "volumes", filter=expression)

    def test_several_filters_must_all_hold(self):
        """8.7, as LXD sends them."""
        self.array.login()
        target = "/api/%s/volumes?filter=destroyed&filter=pod.name='%s'" % (self.array.version, self.pool)
        answer = self.ok(self.array.request("GET", target, headers={"x-auth-token": self.array.session}))
        self.assertEqual([self.pool + "::d"], [item["name"] for item in answer.items])

    def test_names_are_found_in_any_case_and_kept_as_given(self):
        """4.1, 8.6."""
        self.assertEqual([self.pool + "::C"], self.names("volumes", names=self.pool.upper() + "::c"))

    def test_no_page_is_longer_than_the_arrays_limit(self):
        """8.8: a knob for small pages."""
        self.assertTrue(self.array.control(set="page-limit", to=3)["ok"])
        self.addCleanup(lambda: self.array.control(set="page-limit", to=None))
        page = self.page("volumes", filter=self.mine, limit=100)
        self.assertEqual((3, True), (len(page["items"]), page["more_items_remaining"]))
