package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Errand;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A question of the site's own that changes nothing and is answered by yes or no. Not knowing is a problem.
public sealed interface Probe {

    /// Asks it.
    ///
    /// @throws ProblemException if there is no clear answer
    boolean isTrue(ClusterControl cluster, Duration timeout);

    /// What is asked, for people.
    String shown();

    /// The first column of the first row must be a truth value. Asked in a read-only transaction.
    record OfSql(NodeName node, Wording text) implements Probe {

        @Override
        public boolean isTrue(ClusterControl cluster, Duration timeout) {
            var rows = cluster.query(node, text.in(cluster.scene()), true, timeout);
            if (cluster.scene().isPretended()) {
                return false;
            }
            var first = rows.stream().flatMap(row -> row.entrySet().stream()).findFirst();
            if (first.isPresent() && first.get().getValue() instanceof Boolean answer) {
                return answer;
            }
            throw new ProblemException(
                    Problem.error("no-truth-value", "the question to %s has no clear answer".formatted(node))
                            .detail(
                                    first.isEmpty()
                                            ? "It has no rows."
                                            : "\"%s\" is %s."
                                                    .formatted(
                                                            first.get().getKey(),
                                                            first.get().getValue()))
                            .hint("Write it so that the first column of the first row is true or false."));
        }

        @Override
        public String shown() {
            return text.shown();
        }
    }

    /// Exit status 0 is yes, 1 is no.
    record OfCommand(String host, Optional<String> as, List<Wording> words) implements Probe {

        public OfCommand {
            words = List.copyOf(words);
        }

        @Override
        public boolean isTrue(ClusterControl cluster, Duration timeout) {
            var texts = words.stream().map(word -> word.in(cluster.scene())).toList();
            var result = cluster.execute(host, new Errand(as, texts, "", timeout));
            if (cluster.scene().isPretended()) {
                return false;
            }
            if (result.status() > 1) {
                throw new ProblemException(
                        Problem.error("no-clear-status", "the question to %s has no clear answer".formatted(host))
                                .detail("\"%s\" ended with status %d. %s"
                                        .formatted(shown(), result.status(), result.errors())
                                        .strip())
                                .hint("Exit status 0 means yes and 1 means no; anything else is an error."));
            }
            return result.status() == 0;
        }

        @Override
        public String shown() {
            return Words.shown(words);
        }
    }
}
