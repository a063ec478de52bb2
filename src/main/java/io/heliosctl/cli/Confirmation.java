package io.heliosctl.cli;

import io.heliosctl.control.Questions;
import io.heliosctl.model.Attestation;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Answer;
import io.heliosctl.runbook.Runbook.Danger;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Asks before something is changed. Without a terminal and without an answer given, the answer is no.
final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Answer y/N questions with yes. Where the cluster's name has to be typed, use --confirm.")
    private boolean yes;

    @Option(names = "--confirm", paramLabel = "NAME", description = "The cluster's name, in place of typing it.")
    private String name;

    private Optional<Answer> answer = Optional.empty();
    private volatile Consumer<Answer> listener = heard -> {};

    /// How it was confirmed; empty if it has not been asked.
    Optional<Answer> answer() {
        return answer;
    }

    /// Has every answer given from now on told to somebody.
    void hear(Consumer<Answer> answers) {
        listener = answers;
    }

    /// Asks, if it has to be asked.
    ///
    /// @throws NotConfirmedException unless the answer is yes
    void require(Danger danger, Cluster cluster, PrintStream out) {
        if (danger == Danger.LOW) {
            return;
        }
        if (danger == Danger.HIGH && cluster.isProduction()) {
            requireName(cluster, out);
        } else {
            requireYes(cluster, out);
        }
    }

    private void requireName(Cluster cluster, PrintStream out) {
        var question = "This changes %s (production). Type the cluster's name to go on: ".formatted(cluster.name());
        var given = Optional.ofNullable(name).or(() -> ask(out, question));
        if (given.isEmpty()) {
            throw declined("nobody could be asked")
                    .apply("Add --confirm %s to do it without a terminal.".formatted(cluster.name()));
        }
        if (!given.get().strip().equals(cluster.name())) {
            throw declined("\"%s\" is not the cluster's name"
                            .formatted(given.get().strip()))
                    .apply("The cluster is called %s.".formatted(cluster.name()));
        }
        answer = Optional.of(new Answer(question.strip(), cluster.name(), name == null ? user() : "--confirm"));
    }

    private void requireYes(Cluster cluster, PrintStream out) {
        var question = "This changes %s. Go on? [y/N] ".formatted(cluster.name());
        if (yes || cluster.name().equals(name)) {
            answer = Optional.of(new Answer(question.strip(), yes ? "y" : name, yes ? "--yes" : "--confirm"));
            return;
        }
        var typed = ask(out, question);
        if (typed.isEmpty()) {
            throw declined("nobody could be asked").apply("Add --yes to do it without a terminal.");
        }
        if (!isYes(typed.get())) {
            throw declined("the answer was no").apply("");
        }
        answer = Optional.of(new Answer(question.strip(), typed.get().strip(), user()));
    }

    /// Has a person say in whole words that a host is off; nobody there is a no.
    boolean attests(NodeName node, PrintStream out) {
        var sentence = Attestation.sentence(node);
        var question = "Nobody reaches %s. If it is off and stays off, type: %s%n> ".formatted(node, sentence);
        return ask(out, question)
                .filter(typed -> typed.strip().equals(sentence))
                .isPresent();
    }

    /// Has a person say in whole words what a yes is too little for.
    ///
    /// @param why what speaks against it, as a sentence without a full stop
    /// @param given the words, if they were given already
    /// @throws NotConfirmedException unless they are the words
    void requireWords(String about, String why, String words, Optional<String> given, PrintStream out) {
        var question = "%s: %s.%nIf it is to be done all the same, type: %s%n> ".formatted(about, why, words);
        var typed = given.or(() -> ask(out, question));
        if (typed.isEmpty() || !typed.get().strip().equals(words)) {
            throw declined("%s: %s".formatted(about, why))
                    .apply("To do it all the same: --words \"%s\"".formatted(words));
        }
    }

    /// Asks while a runbook runs. Reading a line cannot be cut short, so it is left behind when the time is
    /// over.
    Questions questions(PrintStream out) {
        return (question, timeout) -> {
            if (yes) {
                listener.accept(new Answer(question, "y", "--yes"));
                return true;
            }
            var typed = new CompletableFuture<Optional<String>>();
            Thread.ofPlatform().daemon().start(() -> typed.complete(ask(out, question + " [y/N] ")));
            var given = typed.completeOnTimeout(Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            listener.accept(new Answer(
                    question,
                    given.map(Confirmation::kept).orElse(""),
                    given.isPresent() ? user() : "nobody answered"));
            return given.filter(Confirmation::isYes).isPresent();
        };
    }

    /// What may be written down of what was typed: people type passwords into the wrong place.
    private static String kept(String typed) {
        var word = typed.strip();
        var expected = isYes(word) || word.isEmpty() || word.equalsIgnoreCase("n") || word.equalsIgnoreCase("no");
        return expected ? word : "(neither yes nor no)";
    }

    /// Has an answer heard that was not given to a question of this class.
    void tell(String question, String answered, String by) {
        listener.accept(new Answer(question, answered, by));
    }

    /// What is typed at the terminal; empty without one.
    Optional<String> typed(PrintStream out, String question) {
        return ask(out, question);
    }

    static String user() {
        return System.getProperty("user.name", "-");
    }

    private static boolean isYes(String answer) {
        return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
    }

    private static Optional<String> ask(PrintStream out, String question) {
        return Operator.console().flatMap(console -> {
            out.print(question);
            out.flush();
            return Optional.ofNullable(console.readLine());
        });
    }

    private static Function<String, NotConfirmedException> declined(String why) {
        return hint -> new NotConfirmedException(
                Problem.error("not-confirmed", "nothing was changed: " + why).hint(hint));
    }
}
