package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {

    private static final int TERMINAL = 80;

    @Test
    void everyCommandShowsExamples() {
        var without = commands()
                .filter(command -> Stream.of(
                                command.getCommandSpec().usageMessage().footer())
                        .noneMatch(line -> line.contains("heliosctl ")))
                .map(command -> command.getCommandSpec().qualifiedName())
                .toList();
        assertEquals(List.of("heliosctl generate-completion", "heliosctl help"), without, "picocli's own have none");
    }

    @Test
    void noExampleIsBrokenOnATerminalOfTheUsualWidth() {
        var broken = new ArrayList<String>();
        commands()
                .forEach(command -> Stream.of(
                                command.getCommandSpec().usageMessage().footer())
                        .filter(line -> line.length() >= TERMINAL)
                        .forEach(broken::add));
        assertEquals(List.of(), broken);
    }

    @Test
    void everyCommandExplainsItself() {
        commands().map(command -> command.getCommandSpec().qualifiedName()).forEach(name -> {
            var words = Stream.concat(Stream.of(name.split(" ")).skip(1), Stream.of("--help"))
                    .toArray(String[]::new);
            var typed = Typed.run(words);
            assertEquals(0, typed.code(), name);
            assertTrue(typed.out().contains("Usage: " + name), typed.out());
            assertEquals("", typed.err());
        });
    }

    @Test
    void helpIsAnsweredInEveryWayItIsAskedFor() {
        var expected = Typed.run("switchover", "--help");
        assertEquals(expected, Typed.run("switchover", "-h"));
        assertEquals(expected, Typed.run("help", "switchover"));
    }

    @Test
    void theVersionIsOneLineForHeliosctlAndOneForJava() {
        var expected = "heliosctl development\nJava " + Runtime.version() + "\nexit 0\n";
        assertEquals(expected, Typed.run("--version").whole());
        assertEquals(expected, Typed.run("-V").whole());
    }

    private static Stream<CommandLine> commands() {
        return withInner(Heliosctl.commandLine());
    }

    private static Stream<CommandLine> withInner(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(HelpTest::withInner));
    }
}
