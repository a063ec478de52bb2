package io.heliosctl.run;

import io.heliosctl.document.Spelling;
import io.heliosctl.inventory.SelectionException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// All runs that were made from this machine by this user.
///
/// @param stories newest first
/// @param unreadable what else lies in the directory
public record Runs(List<RunStory> stories, List<Unreadable> unreadable) {

    private static final int MOST_NAMED = 5;

    public Runs {
        stories = List.copyOf(stories);
        unreadable = List.copyOf(unreadable);
    }

    /// Something in the directory of runs that is none, or none any more.
    public record Unreadable(String name, Problem problem) {}

    /// Reads every journal. One that cannot be read is listed as such, and breaks nothing.
    ///
    /// @throws ProblemException if the directory itself cannot be read
    public static Runs of(RunDirectory directory) {
        var stories = new ArrayList<RunStory>();
        var unreadable = new ArrayList<Unreadable>();
        for (var name : names(directory)) {
            try {
                stories.add(JournalReader.story(directory, new RunId(name)));
            } catch (ProblemException e) {
                unreadable.add(new Unreadable(name, e.problems().getFirst()));
            }
        }
        var newest = Comparator.comparing(
                        (RunStory story) -> story.history().header().since())
                .thenComparing(story -> story.id().value())
                .reversed();
        stories.sort(newest);
        return new Runs(stories, unreadable);
    }

    /// The ids of all of them, newest first, also of those that cannot be read; not what else lies there.
    public static List<RunId> ids(RunDirectory directory) {
        return names(directory).reversed().stream()
                .map(RunId::new)
                .filter(RunId::isWellFormed)
                .toList();
    }

    private static List<String> names(RunDirectory directory) {
        try (var entries = Files.list(directory.path())) {
            return entries.map(Path::getFileName).map(Path::toString).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error("runs-unreadable", "could not list the runs in " + directory.path())
                            .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + "."),
                    e);
        }
    }

    /// The runs of one cluster alone.
    public Runs ofCluster(String cluster) {
        return new Runs(
                stories.stream()
                        .filter(story -> story.history().header().cluster().equals(cluster))
                        .toList(),
                unreadable);
    }

    /// The id of the run that is meant: all of it, or as much of its beginning as no other one has.
    ///
    /// @throws SelectionException if there is no such run, or several
    public static RunId find(RunDirectory directory, String typed) {
        var names = names(directory);
        if (names.contains(typed)) {
            return new RunId(typed);
        }
        var found = names.stream().filter(name -> name.startsWith(typed)).toList();
        if (found.size() == 1) {
            return new RunId(found.getFirst());
        }
        if (found.isEmpty()) {
            var guess = Spelling.question(typed, names);
            throw new SelectionException(Problem.error("unknown-run", "there is no run \"%s\"".formatted(typed))
                    .detail("Looked in " + directory.path() + ".")
                    .hint(guess.isEmpty() ? "\"heliosctl runs\" lists those there are." : guess));
        }
        throw new SelectionException(
                Problem.error("which-run", "%d runs begin with \"%s\"".formatted(found.size(), typed))
                        .detail(found.reversed().stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                                + (found.size() > MOST_NAMED ? ", and older ones." : "."))
                        .hint("Type more of it."));
    }
}
