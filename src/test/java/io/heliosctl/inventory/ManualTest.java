package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.document.YamlType;
import io.heliosctl.inventory.Member.Refused;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The manual's tables name the keys, rules and defaults that the reader has.
class ManualTest {

    private static final Path MANUAL = Path.of("docs/inventory.md");

    private static final List<Section> TABLES = List.of(
            InventoryForm.DOCUMENT,
            InventoryForm.SETTINGS,
            InventoryForm.CLUSTER,
            InventoryForm.NODE,
            InventoryForm.POOLER,
            InventoryForm.SSH,
            InventoryForm.POSTGRES,
            InventoryForm.FENCE,
            InventoryForm.PGBOUNCER,
            InventoryForm.PROCESSES.each(),
            DatabaseKeys.DATABASE,
            SecretKeys.SECRET);

    @Test
    void itsTablesAreThoseOfTheReader() throws IOException {
        var manual = Files.readString(MANUAL);
        var updated = manual;
        for (var section : TABLES) {
            var begin = "<!-- keys of " + section.name() + " -->\n";
            var end = "<!-- end -->";
            int start = updated.indexOf(begin) + begin.length();
            updated = updated.substring(0, start) + table(section) + updated.substring(updated.indexOf(end, start));
        }
        Files.writeString(Path.of("target/inventory.md"), updated);

        assertEquals(manual, updated, "the form changed: copy target/inventory.md to docs/");
    }

    private static String table(Section section) {
        return section.members().stream()
                .filter(member -> !(member instanceof Refused))
                .map(member -> "| `%s` | %s | %s | %s |\n"
                        .formatted(member.name(), rule(member), builtIn(member), member.help()))
                .collect(Collectors.joining("", "| key | must be | unless written | |\n|---|---|---|---|\n", ""));
    }

    private static String rule(Member member) {
        return switch (member) {
            case Setting<?> setting -> setting(setting.type(), setting.nullable());
            case Section section -> "a map, see below";
            case Member.Named named -> "a map from names to maps";
            case Member.Listed listed -> "a list of maps";
            case Refused refused -> throw new IllegalArgumentException(refused.name());
        };
    }

    private static String setting(YamlType<?> type, boolean nullable) {
        return (nullable ? type.rule() + ", or `null`" : type.rule()).replace("|", "\\|");
    }

    private static String builtIn(Member member) {
        if (member.required()) {
            return "required";
        }
        return member instanceof Setting<?> setting
                ? setting.builtIn().map(written -> "`" + written + "`").orElse("–")
                : "–";
    }
}
