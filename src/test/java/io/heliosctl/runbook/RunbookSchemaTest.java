package io.heliosctl.runbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Editors know the verbs and keys that the reader knows, and no others.
class RunbookSchemaTest {

    @Test
    void saysWhatTheReaderReads() throws IOException {
        var made = Json.document(RunbookSchema.document());
        Files.writeString(Path.of("target/runbook.schema.json"), made);

        assertEquals(
                Files.readString(Path.of("schemas/runbook.schema.json")),
                made,
                "the verbs changed: copy target/runbook.schema.json to schemas/");
    }
}
