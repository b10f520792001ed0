package io.stowage.tests;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Dependencies between the rooms point downwards only (CONTRIBUTING.md). */
class RoomsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stowage");

    @Test
    void theWholeHouseIsLookedAt() {
        assertThat(HOUSE.size()).isGreaterThan(300);
        for (String room : new String[] {
            "model",
            "system",
            "web",
            "iscsi",
            "array",
            "driver",
            "host",
            "database",
            "engine",
            "client",
            "server",
            "cli"
        }) {
            assertThat(HOUSE.stream().anyMatch(type -> type.getPackageName().startsWith("io.stowage." + room)))
                    .as(room)
                    .isTrue();
        }
    }

    @Test
    void eachRoomUsesOnlyTheRoomsItMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("io.stowage.model..")
                .layer("system")
                .definedBy("io.stowage.system..")
                .layer("web")
                .definedBy("io.stowage.web..")
                .layer("protocol-iscsi")
                .definedBy("io.stowage.iscsi..")
                .layer("protocol-nvme")
                .definedBy("io.stowage.nvme..")
                .layer("array")
                .definedBy("io.stowage.array..")
                .layer("driver")
                .definedBy("io.stowage.driver..")
                .layer("host")
                .definedBy("io.stowage.host..")
                .layer("database")
                .definedBy("io.stowage.database..")
                .layer("engine")
                .definedBy("io.stowage.engine..")
                .layer("client")
                .definedBy("io.stowage.client..")
                .layer("server")
                .definedBy("io.stowage.server..")
                .layer("cli")
                .definedBy("io.stowage.cli..")
                .layer("system-tests")
                .definedBy("io.stowage.tests..")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("system")
                .mayNotAccessAnyLayer()
                .whereLayer("web")
                .mayOnlyAccessLayers("model")
                .whereLayer("protocol-iscsi")
                .mayNotAccessAnyLayer()
                .whereLayer("protocol-nvme")
                .mayNotAccessAnyLayer()
                .whereLayer("array")
                .mayOnlyAccessLayers("model", "system", "web", "protocol-iscsi", "protocol-nvme")
                .whereLayer("driver")
                .mayOnlyAccessLayers("model", "web")
                .whereLayer("host")
                .mayOnlyAccessLayers("model", "system", "protocol-iscsi", "protocol-nvme")
                .whereLayer("database")
                .mayOnlyAccessLayers("model")
                .whereLayer("engine")
                .mayOnlyAccessLayers("model", "system", "driver", "host", "database")
                .whereLayer("client")
                .mayOnlyAccessLayers("model")
                .whereLayer("server")
                .mayOnlyAccessLayers("model", "system", "driver", "host", "database", "engine", "web", "client")
                .whereLayer("cli")
                .mayOnlyAccessLayers("client", "model")
                .check(HOUSE);
    }

    @Test
    void theFrontEndsOfTheArrayKnowOnlyItsCore() {
        slices().matching("io.stowage.array.(flasharray|wsapi|iscsi|nvme)..")
                .should()
                .notDependOnEachOther()
                .check(HOUSE);
    }

    /** What a handle is taught stays with it, and the writer's handle lives as long as the server. */
    @Test
    void noTransactionTeachesItsHandle() {
        noClasses()
                .that()
                .resideInAPackage("io.stowage..")
                .should()
                .callMethodWhere(target(nameMatching("register.*|configure|addCustomizer"))
                        .and(target(owner(assignableTo(Handle.class)))))
                .check(HOUSE);
    }
}
