package io.heliosctl.control;

import io.heliosctl.model.Coverage;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Histories;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.Optional;

/// What a step may see and do once the primary is lost.
public interface FailoverControl {

    /// Asks everybody who can be asked about a server, at once, and tries every other way to its host. Reads
    /// only.
    Evidence evidence(NodeName suspect);

    /// What the timelines tell: which primary the others' history leads to, and who has WAL that it does not
    /// have. Reads only, and throws nothing: what could not be read is told.
    ///
    /// @param seen the cluster as it was just observed
    Histories histories(Topology seen);

    /// Sees to it that a server that was primary cannot write: stops it by whatever way leads there and makes
    /// sure that it does not come back writable, or has the site's own fence do it, or takes a person's word.
    ///
    /// @param upstream whom it follows if anybody starts it again
    /// @param attested that a person has said it is powered off
    /// @throws io.heliosctl.model.ProblemException `not-fenced` with everything that was tried
    Fencing fence(NodeName node, Optional<NodeName> upstream, boolean attested, Duration timeout);

    /// That it is fenced, without doing anything for it.
    ///
    /// @throws io.heliosctl.model.ProblemException `not-fenced`
    Fenced proveFenced(NodeName node, boolean attested);

    /// Takes [#fence] back where this run made it: a server that it stopped runs again as what it was.
    ///
    /// @return what was done, in a few words
    String release(NodeName node, Duration timeout);

    /// What promoting that standby would lose, once it has been given what it lacks and can be had.
    LossEstimate loss(NodeName standby, NodeName lost);

    /// That a standby has all of a fenced server's WAL, or lacks no more of it than is allowed.
    ///
    /// @param allowed how many bytes of WAL may be lost
    /// @throws io.heliosctl.model.ProblemException `too-much-lost`
    Coverage cover(NodeName standby, Fenced fenced, long allowed);

    /// Who has most of what a standby lacks: the lost primary itself where the files on its host can be read,
    /// else another standby. Empty if nobody has more.
    Optional<Lead> ahead(NodeName standby, NodeName lost);

    /// Why the files of a lost primary whose host answers cannot be read; empty if they can, or it does not
    /// answer.
    Optional<Problem> unreadable(NodeName standby, NodeName lost);

    /// Does of [#catchUp] what has no effect yet, while it is made sure that the lost primary cannot write. It
    /// throws nothing: what fails is done, and told, when it is due.
    void prepareCatchUp(NodeName standby, NodeName lost);

    /// Gives a standby what [#ahead] has, before it is promoted. What cannot be had is said, and does not fail:
    /// how much may be lost is asked for right before the promotion.
    ///
    /// @return what was done, in a few words
    String catchUp(NodeName standby, NodeName lost, Duration timeout);

    /// Lets a standby follow again whom it followed before [#catchUp].
    ///
    /// @return what was done, in a few words
    String followAsBefore(NodeName standby, Duration timeout);
}
