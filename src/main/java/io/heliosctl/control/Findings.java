package io.heliosctl.control;

import io.heliosctl.model.Problem;
import java.util.ArrayList;
import java.util.List;

/// What came of looking at the hosts before anything is changed.
///
/// @param problems errors and warnings; a run needs a list without errors
/// @param proofs what is as it has to be
public record Findings(List<Problem> problems, List<Proof> proofs) {

    public Findings {
        problems = problems.stream().distinct().toList();
        proofs = proofs.stream().distinct().toList();
    }

    public static Findings none() {
        return new Findings(List.of(), List.of());
    }

    /// Something is wrong.
    public static Findings of(List<Problem> problems) {
        return new Findings(problems, List.of());
    }

    /// All is well.
    public static Findings proved(String host, String what) {
        return new Findings(List.of(), List.of(new Proof(host, what)));
    }

    /// Proved if nothing is wrong; a warning is told beside.
    public static Findings of(List<Problem> problems, String host, String what) {
        return problems.stream().anyMatch(Problem::isError)
                ? of(problems)
                : new Findings(problems, List.of(new Proof(host, what)));
    }

    public Findings and(Findings more) {
        var allProblems = new ArrayList<>(problems);
        allProblems.addAll(more.problems);
        var allProofs = new ArrayList<>(proofs);
        allProofs.addAll(more.proofs);
        return new Findings(allProblems, allProofs);
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
