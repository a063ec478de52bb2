package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Editors know the keys, types and words that the reader knows, and no others.
class InventorySchemaTest {

    @Test
    void saysWhatTheReaderReads() throws IOException {
        var made = Json.document(InventorySchema.document());
        Files.writeString(Path.of("target/inventory.schema.json"), made);

        assertEquals(
                Files.readString(Path.of("schemas/inventory.schema.json")),
                made,
                "the form changed: copy target/inventory.schema.json to schemas/");
    }
}
