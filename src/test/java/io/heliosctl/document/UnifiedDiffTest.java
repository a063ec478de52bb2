package io.heliosctl.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {

    @TempDir
    Path folder;

    @Test
    void equal_texts_have_no_diff() {
        assertEquals("", UnifiedDiff.of("a", "x\n", "b", "x\n"));
    }

    @Test
    void a_changed_line_shows_with_three_lines_around_it() {
        String before = IntStream.rangeClosed(1, 9).mapToObj(i -> i + "\n").collect(Collectors.joining());

        assertEquals("""
                --- pgbouncer.ini
                +++ rendered
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                """, UnifiedDiff.of("pgbouncer.ini", before, "rendered", before.replace("5", "five")));
    }

    @Test
    void a_missing_line_end_is_a_difference() {
        assertEquals("""
                --- a
                +++ b
                @@ -1 +1 @@
                -x
                \\ No newline at end of file
                +x
                """, UnifiedDiff.of("a", "x", "b", "x\n"));
    }

    @Test
    void passwords_are_masked_however_they_are_written() {
        for (String line : new String[] {
            "app = host=db password=s3cr3t pool_size=1",
            "app = host=db password='s3''cr3t' pool_size=1",
            "app = host=db PASSWORD = s3cr3t pool_size=1",
            "primary_conninfo = 'host=db password=s3cr3t'",
            "primary_conninfo = 'host=db password=''s3cr3t'' port=1'",
            "primary_conninfo = 'host=db sslpassword=\\'s3cr3t s3cr3t\\' port=1'",
            "url = postgres://me:s3cr3t@db/app",
            "auth_password='s3cr3t \\' s3cr3t'"
        }) {
            String diff = UnifiedDiff.of("a", line + "\n", "b", "");

            assertFalse(diff.contains("cr3t"), diff);
        }
    }

    @Test
    void random_texts_differ_as_diff_says_or_in_as_few_lines() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/diff")), "no diff here");
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            String before = text(random);
            String after = text(random);

            String ours = UnifiedDiff.of("before", before, "after", after);

            assertEquals(after, patched(before, ours), ours);
            assertEquals(changed(diff(before, after)), changed(ours), () -> before + "----\n" + after);
        }
    }

    private static String text(Random random) {
        String text = IntStream.range(0, random.nextInt(30))
                .mapToObj(i -> Character.toString('a' + random.nextInt(4)))
                .collect(Collectors.joining("\n"));
        return random.nextInt(5) == 0 || text.isEmpty() ? text : text + "\n";
    }

    private String diff(String before, String after) throws Exception {
        Path one = Files.writeString(folder.resolve("before"), before);
        Path other = Files.writeString(folder.resolve("after"), after);
        return run("diff", "-u", "--minimal", one.toString(), other.toString());
    }

    private String patched(String before, String diff) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "no patch here");
        if (diff.isEmpty()) {
            return before;
        }
        Path file = Files.writeString(folder.resolve("file"), before);
        Path patch = Files.writeString(folder.resolve("patch"), diff);
        run("patch", "--quiet", file.toString(), patch.toString());
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static long changed(String diff) {
        return diff.lines()
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .count();
    }
}
