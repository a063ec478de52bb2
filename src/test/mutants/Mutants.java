import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/// Makes one mutant after the other and lets the fast tests judge it. Exits with 1 if one survives, or cannot
/// be made.
public final class Mutants {

    private static final Path LIST = Path.of("src/test/mutants/guards.txt");
    private static final Path WORK = Path.of("target/mutants");
    private static final int MINUTES = 10;

    /// Who judges, the quickest first.
    static final List<String> JUDGES = List.of(
            "model.LsnTest",
            "run.CandidatesTest",
            "run.ChecksTest",
            "run.GuardsTest",
            "run.PreflightTest",
            "run.ExecutorTest",
            "run.StoppedRunTest",
            "run.FailoverTest",
            "run.FailoverResumeTest",
            "run.UnwritableJournalTest",
            "run.DoubtfulRunTest",
            "run.SwitchesTest",
            "run.FoundByTheMatrixTest",
            "run.ResumeTest",
            "run.SiteRunbookTest",
            "run.JournalChainTest",
            "run.JournalReaderTest",
            "run.InterruptionMatrixTest");

    /// Who judges what reads and copies WAL: real servers, which takes longer.
    private static final List<String> JUDGES_OF_WAL = List.of("postgres.WalFilesTest");

    private Mutants() {}

    /// @param arguments words of which a mutant's name must have one, to try only some
    public static void main(String[] arguments) throws Exception {
        var mutants = Mutant.read(LIST).stream()
                .filter(mutant -> arguments.length == 0
                        || List.of(arguments).stream().anyMatch(mutant.name()::contains))
                .toList();
        for (var judges : mutants.stream().map(Mutants::judges).distinct().toList()) {
            var unharmed = judged(WORK.resolve("none"), judges);
            if (!unharmed.isEmpty()) {
                System.err.println("the tests fail without any mutant: " + unharmed);
                System.exit(1);
            }
        }
        var bad = 0;
        for (var mutant : mutants) {
            var word = verdict(mutant);
            bad += word.startsWith("killed by ") ? 0 : 1;
            System.out.printf("| %s | `%s` | %s |%n", mutant.name(), mutant.file(), word);
        }
        System.err.printf("%d mutants, %d killed%n", mutants.size(), mutants.size() - bad);
        System.exit(bad == 0 ? 0 : 1);
    }

    private static List<String> judges(Mutant mutant) {
        return mutant.file().startsWith("postgres/Wal") ? JUDGES_OF_WAL : JUDGES;
    }

    private static String verdict(Mutant mutant) throws IOException, InterruptedException {
        var classes = WORK.resolve("classes");
        clear(classes);
        try {
            compile(mutant, classes);
        } catch (IllegalStateException e) {
            return "NOT MADE: " + e.getMessage();
        }
        var killer = judged(classes, judges(mutant));
        return killer.isEmpty() ? "SURVIVED" : killer;
    }

    private static void compile(Mutant mutant, Path classes) throws IOException {
        var source = WORK.resolve("source").resolve(mutant.source().getFileName());
        Files.createDirectories(source.getParent());
        Files.writeString(source, mutant.changed());
        var said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "--release", "25", "-parameters", "-proc:none", "-d", classes.toString(), "-cp",
                    System.getProperty("java.class.path"));
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source)).call()) {
                throw new IllegalStateException("it does not compile: " + said);
            }
        }
    }

    /// Empty if all is green.
    private static String judged(Path classes, List<String> judges) throws IOException, InterruptedException {
        Files.createDirectories(classes);
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dheliosctl.matrix.faults=1",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "src/test/mutants/Judge.java"));
        judges.forEach(judge -> words.add("io.heliosctl." + judge));
        var output = WORK.resolve("output.txt");
        var judge = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!judge.waitFor(MINUTES, TimeUnit.MINUTES)) {
            judge.destroyForcibly().waitFor();
            return "killed by a time-out";
        }
        var last = Files.readString(output).strip().lines().reduce("", (first, second) -> second);
        return judge.exitValue() == 0 ? "" : last;
    }

    private static void clear(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
