package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFolderTest {

    @TempDir
    private Path folder;

    @Test
    void the_given_folder_comes_before_the_one_beside_the_inventory() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        Path beside = Files.createDirectory(folder.resolve("templates"));
        Files.writeString(given.resolve("a.j2"), "given");
        Files.writeString(beside.resolve("a.j2"), "beside");
        Files.writeString(beside.resolve("b.j2"), "beside");
        TemplateFolder templates = TemplateFolder.of(Optional.of(given), folder.resolve("inventory.yaml"));

        assertEquals("given", templates.find("a.j2").source().text());
        assertEquals(given.resolve("a.j2").toString(), templates.find("a.j2").where());
        assertEquals("beside", templates.find("b.j2").source().text());
    }

    @Test
    void the_built_in_ones_come_last() {
        TemplateFolder templates = TemplateFolder.of(Optional.empty(), folder.resolve("inventory.yaml"));

        TemplateFolder.Found found = templates.find("recovery.conf.j2");

        assertEquals("built-in", found.where());
        assertTrue(found.source().text().contains("primary_conninfo"));
    }

    @Test
    void a_missing_one_says_where_it_was_looked_for() {
        TemplateFolder templates = TemplateFolder.of(Optional.empty(), Path.of("/etc/heliosctl/inventory.yaml"));

        var problem = assertThrows(InvalidDocumentException.class, () -> templates.find("pgbouncer.j2"))
                .problems()
                .getFirst();

        assertEquals("no template named \"pgbouncer.j2\"", problem.message());
        assertEquals("Looked in /etc/heliosctl/templates, the built-in templates.", problem.detail());
    }

    @Test
    void a_name_cannot_lead_out_of_the_folder() {
        for (String name : new String[] {"../inventory.yaml", "/etc/passwd", ".hidden", ""}) {
            assertThrows(
                    InvalidDocumentException.class,
                    () -> TemplateFolder.builtIn().find(name),
                    name);
        }
    }

    @Test
    void text_that_is_not_utf8_is_refused() throws IOException {
        Path beside = Files.createDirectory(folder.resolve("templates"));
        Files.write(beside.resolve("a.j2"), new byte[] {'a', (byte) 0xE4, '\n'});
        TemplateFolder templates = TemplateFolder.of(Optional.empty(), folder.resolve("inventory.yaml"));

        assertThrows(InvalidDocumentException.class, () -> templates.find("a.j2"));
    }
}
