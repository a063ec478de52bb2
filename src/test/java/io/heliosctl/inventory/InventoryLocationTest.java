package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.model.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryLocationTest {

    @TempDir
    private Path temporary;

    private Path home;
    private Path here;

    @BeforeEach
    void makeDirectories() throws IOException {
        home = Files.createDirectory(temporary.resolve("home"));
        here = Files.createDirectory(temporary.resolve("here"));
    }

    @Test
    void theOptionCountsBeforeEverything() throws IOException {
        var local = Files.createFile(here.resolve("inventory.yaml"));

        assertEquals(Path.of("x.yaml"), find("x.yaml", Map.of("HELIOSCTL_INVENTORY", "/y.yaml")));
        assertEquals(Path.of("/y.yaml"), find(null, Map.of("HELIOSCTL_INVENTORY", "/y.yaml")));
        assertEquals(home.resolve("y.yaml"), find(null, Map.of("HELIOSCTL_INVENTORY", "~/y.yaml")));
        assertEquals(local, find(null, Map.of("HELIOSCTL_INVENTORY", "")));
    }

    @Test
    void theUsersOwnFileIsInTheConfigurationDirectory() throws IOException {
        var standard =
                Files.createDirectories(home.resolve(".config/heliosctl")).resolve("inventory.yaml");
        var moved = Files.createDirectories(temporary.resolve("xdg/heliosctl")).resolve("inventory.yaml");
        Files.createFile(standard);
        Files.createFile(moved);

        assertEquals(standard, find(null, Map.of()));
        assertEquals(
                moved,
                find(null, Map.of("XDG_CONFIG_HOME", temporary.resolve("xdg").toString())));
    }

    @Test
    void whereThereIsNoneItTellsWhereItLooked() {
        var refused = assertThrows(InvalidDocumentException.class, () -> find(null, Map.of()));

        assertEquals(
                "Looked for: $HELIOSCTL_INVENTORY (not set), " + here + "/inventory.yaml, " + home
                        + "/.config/heliosctl/inventory.yaml, /etc/heliosctl/inventory.yaml.",
                refused.problems().getFirst().detail());
    }

    @Test
    void aFileThatWasNamedAndIsNotThereIsAProblem() {
        var refused = assertThrows(
                InvalidDocumentException.class, () -> Inventory.read(here.resolve("none.yaml"), List.of(), Read.HERE));

        assertEquals(
                "there is no file " + here.resolve("none.yaml"),
                refused.problems().getFirst().message());
    }

    private Path find(String option, Map<String, String> environment) {
        return InventoryLocation.find(
                Optional.ofNullable(option).map(Path::of), new Surroundings(home, here, environment));
    }
}
