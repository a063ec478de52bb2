package io.heliosctl.model;

/// A person's word that a server cannot write. heliosctl asks for it in whole words, and journals it.
///
/// @param by who has said it, and when: a name of the operating system, and a time
public record Attestation(NodeName node, String by) implements Fenced {

    /// What the person has said: the sentence that is asked for on a terminal.
    public String sentence() {
        return sentence(node);
    }

    /// The sentence that attests that a server cannot write.
    public static String sentence(NodeName node) {
        return node + " is powered off";
    }
}
