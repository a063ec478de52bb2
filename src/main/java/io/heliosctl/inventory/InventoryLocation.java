package io.heliosctl.inventory;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the inventory is: what `-i` says, `$HELIOSCTL_INVENTORY`, `./inventory.yaml`,
/// `$XDG_CONFIG_HOME/heliosctl/inventory.yaml`, `/etc/heliosctl/inventory.yaml`; the first that counts.
public final class InventoryLocation {

    /// The variable that names an inventory.
    public static final String VARIABLE = "HELIOSCTL_INVENTORY";

    private static final Path SYSTEM = Path.of("/etc/heliosctl/inventory.yaml");

    private InventoryLocation() {}

    /// What the option or the variable names is taken without looking: if it is not there, the operator wants
    /// to know, rather than work on another cluster.
    ///
    /// @param option what `-i` said
    /// @throws InvalidDocumentException if there is none, with the places where one was looked for
    public static Path find(Optional<Path> option, Surroundings here) {
        return option.or(() -> here.variable(VARIABLE).map(here::path))
                .or(() -> usual(here).stream().filter(Files::exists).findFirst())
                .orElseThrow(() -> none(here));
    }

    private static List<Path> usual(Surroundings here) {
        var settings = here.variable("XDG_CONFIG_HOME").map(Path::of).filter(Path::isAbsolute);
        return List.of(
                here.directory().resolve("inventory.yaml"),
                settings.orElse(here.home().resolve(".config"))
                        .resolve("heliosctl")
                        .resolve("inventory.yaml"),
                SYSTEM);
    }

    private static InvalidDocumentException none(Surroundings here) {
        var looked = Stream.concat(
                        Stream.of("$" + VARIABLE + " (not set)"),
                        usual(here).stream().map(Path::toString))
                .collect(Collectors.joining(", "));
        return new InvalidDocumentException(Problem.error("no-inventory", "there is no inventory")
                .detail("Looked for: " + looked + ".")
                .hint("Copy inventory.example.yaml to inventory.yaml and fill it in, or name one with -i FILE."));
    }
}
