package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.web.client.WebRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all endpoints share. */
class ApiTest extends ArrayTest {
    @Test
    void versionsAreToldToEverybody() {
        try (var stranger = Rest.anonymous(array().endpoints(), "2.21")) {
            var versions = stranger.raw(WebRequest.of("GET", "/api/api_version"))
                    .json()
                    .path("version");
            var told = new ArrayList<String>();
            versions.forEach(version -> told.add(version.asString()));
            assertThat(told).contains("1.19", "2.0", "2.21", "2.26").doesNotContain("2.12", "2.18", "2.27");
            assertThat(stranger.refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
            assertThat(stranger.login("00000000-0000-0000-0000-000000000000").status())
                    .isEqualTo(401);
            assertThat(stranger.raw(WebRequest.of("GET", "/api/2.27/arrays")).status())
                    .isEqualTo(404);
            assertThat(stranger.raw(WebRequest.of("GET", "/api/2.12/arrays")).status())
                    .isEqualTo(404);
        }
        assertThat(rest().refused("GET", "nothing", "")).containsExactly("404 -: Not found.");
        assertThat(rest().refused("DELETE", "arrays", "").getFirst()).startsWith("405");
    }

    @Test
    void sessionsEndByLogoutAndIdleness() {
        time.pass(Duration.ofMinutes(59));
        assertThat(rest().get("arrays")).hasSize(1);
        time.pass(Duration.ofMinutes(59));
        assertThat(rest().get("arrays")).hasSize(1);
        time.pass(Duration.ofMinutes(61));
        assertThat(rest().refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
        rest().login(array().endpoints().flasharray().apiToken());
        assertThat(rest().send("POST", "logout", "").status()).isEqualTo(200);
        assertThat(rest().refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
    }

    @Test
    void theRequestIdIsEchoed() {
        var answer = rest().raw(WebRequest.of("GET", rest().path("pods")).header("X-Request-ID", "id-1"));
        assertThat(answer.header("x-request-id")).contains("id-1");
    }

    @Test
    void pagesFollowEachOtherWithoutLossWhileOthersDelete() {
        rest().post("volumes?names=a,B,c,D,e", "{}");
        var first = rest().page("volumes?limit=2&total_item_count=true");
        assertThat(first.path("total_item_count").intValue()).isEqualTo(5);
        assertThat(first.path("more_items_remaining").booleanValue()).isTrue();
        rest().patch("volumes?names=a", "{'destroyed': true}");
        rest().delete("volumes?names=a");
        var token = first.path("continuation_token").asString();
        var second = rest().page("volumes?limit=2&continuation_token=" + token);
        assertThat(names(second)).containsExactly("c", "D");
        assertThat(second.get("total_item_count").isNull()).isTrue();
        var last = rest().page("volumes?limit=2&continuation_token="
                + second.path("continuation_token").asString());
        assertThat(names(last)).containsExactly("e");
        assertThat(last.path("more_items_remaining").booleanValue()).isFalse();
        assertThat(last.get("continuation_token").isNull()).isTrue();
        assertThat(names(rest().page("volumes?offset=3"))).containsExactly("e");
        assertThat(names(rest().page("volumes?limit=0"))).isEmpty();
        assertThat(rest().refused("GET", "volumes?limit=x", "")).hasSize(1);
        assertThat(rest().refused("GET", "volumes?continuation_token=%25", "")).hasSize(1);
    }

    @Test
    void noPageIsLongerThanAThousand() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 1001; i++) {
            names.add("v" + i);
        }
        for (int i = 0; i < names.size(); i += 100) {
            rest().post("volumes?names=" + String.join(",", names.subList(i, Math.min(i + 100, names.size()))), "{}");
        }
        var page = rest().page("volumes?limit=5000");
        assertThat(page.path("items").size()).isEqualTo(1000);
        assertThat(page.path("more_items_remaining").booleanValue()).isTrue();
    }

    @Test
    void sortingAndFilteringAndTotals() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::a,b", "{'provisioned': 1048576}");
        rest().post("volumes?names=pool::c", "{'provisioned': 2097152}");
        rest().patch("volumes?names=b", "{'destroyed': true}");
        assertThat(names(rest().page("volumes?sort=provisioned-,name"))).containsExactly("pool::c", "b", "pool::a");
        assertThat(names(rest().page("volumes?filter=pod.name%3D%27pool%27%20and%20destroyed%3D%27false%27")))
                .containsExactly("pool::a", "pool::c");
        assertThat(names(rest().page("volumes?filter=destroyed&filter=name%3D%27b%27")))
                .containsExactly("b");
        assertThat(names(rest().page("volumes?filter=destroyed&filter=name%3D%27c%27")))
                .isEmpty();
        assertThat(names(rest().page("volumes?destroyed=true"))).containsExactly("b");
        assertThat(rest().refused("GET", "volumes?filter=name%3D", ""))
                .containsExactly("400 -: Invalid filter: unexpected end.");
        assertThat(rest().refused("GET", "volumes?names=b&ids=x", "")).hasSize(1);
        var total = rest().page("volumes?total_only=true&filter=not%20destroyed");
        assertThat(total.path("items").isEmpty()).isTrue();
        assertThat(total.path("total")
                        .path(0)
                        .path("space")
                        .path("total_provisioned")
                        .longValue())
                .isEqualTo(3145728);
    }

    @Test
    void portsAndInterfacesTellOfThePortalsInTheirOwnCase() {
        var iscsi = array().endpoints().flasharray().iscsi();
        var carrying = rest().get("network-interfaces?filter=enabled%3D%27true%27&filter=eth.address"
                + "&filter=services%3D%27iscsi%27");
        assertThat(carrying).hasSize(1);
        assertThat(carrying.getFirst().path("name").asString()).isEqualTo("ct0.eth4");
        var port = rest().one("ports?filter=name%3D%27ct0.eth4%27");
        assertThat(port.path("name").asString()).isEqualTo("CT0.ETH4");
        assertThat(port.path("iqn").asString()).isEqualTo(iscsi.iqn());
        assertThat(List.of(port.path("portal").asString())).isEqualTo(iscsi.portals());
        assertThat(rest().get("ports?filter=iqn")).hasSize(1);
        assertThat(rest().names("controllers?filter=status%3D%27ready%27")).containsExactly("CT0", "CT1");
    }

    @Test
    void capacityIsTheStores() {
        var array = rest().one("arrays?names=whatever");
        assertThat(array.path("capacity").longValue()).isEqualTo(1L << 40);
        assertThat(array.path("space").get("total_provisioned").isNull()).isTrue();
        assertThat(rest().one("arrays/space").path("capacity").longValue()).isEqualTo(1L << 40);
    }

    @Test
    void defaultProtectionIsEmptyAndStaysSo() {
        rest().post("pods?names=pool", "{}");
        var row = rest().one("container-default-protections?names=pool");
        assertThat(row.path("type").asString()).isEqualTo("pod");
        assertThat(row.path("default_protections").isEmpty()).isTrue();
        rest().patch("container-default-protections?names=pool", "{'default_protections': []}");
        assertThat(rest().refused("GET", "protection-groups?names=pool::pg", ""))
                .containsExactly("400 pool::pg: Protection group does not exist.");
    }

    private static List<String> names(tools.jackson.databind.JsonNode page) {
        var names = new ArrayList<String>();
        page.path("items").forEach(item -> names.add(item.path("name").asString()));
        return names;
    }
}
