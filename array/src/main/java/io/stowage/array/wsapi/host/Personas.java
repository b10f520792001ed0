package io.stowage.array.wsapi.host;

import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.stream.IntStream;

/** {@code /hostpersonas}: how the array behaves towards hosts of a kind. */
public final class Personas {
    private static final List<String> NAMES = List.of(
            "Generic",
            "Generic-ALUA",
            "Generic-legacy",
            "HPUX-legacy",
            "AIX-legacy",
            "EGENERA",
            "ONTAP-legacy",
            "VMware",
            "OpenVMS",
            "HPUX",
            "WindowsServer");

    private Personas() {}

    public static List<Endpoint> rows() {
        return List.of(new Endpoint(
                "GET",
                "hostpersonas",
                _ -> Answer.members(IntStream.range(0, NAMES.size())
                        .mapToObj(i -> Json.object().put("personaId", i + 1).put("personaName", NAMES.get(i)))
                        .toList())));
    }
}
