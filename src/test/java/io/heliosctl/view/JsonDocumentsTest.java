package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.document.Json;
import io.heliosctl.health.Verdict;
import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.run.Clusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The documents that programs read: every name and its place is a promise.
class JsonDocumentsTest {

    @Test
    void theStatusOfAHealthyCluster() {
        assertEquals("""
                {"schema":"heliosctl.status.v1","clusters":[\
                {"name":"main","environment":"production","diagnosis":"healthy","primary":"pgdb1","timeline":3,\
                "system_identifier":"7277694203142172922","nodes":[\
                {"name":"pgdb1","host":"10.0.1.11","role":"primary","version":"15.18","timeline":3,"lsn":"0/5000148",\
                "upstream":null,"streaming":null,"receive_lag_bytes":null,"replay_lag_bytes":null,"problem":null},\
                {"name":"pgdb2","host":"10.0.1.12","role":"standby","version":"15.18","timeline":3,"lsn":"0/5000148",\
                "upstream":"pgdb1","streaming":true,"receive_lag_bytes":0,"replay_lag_bytes":0,"problem":null},\
                {"name":"pgdb3","host":"10.0.2.13","role":"standby","version":"15.18","timeline":3,"lsn":"0/5000148",\
                "upstream":"pgdb1","streaming":true,"receive_lag_bytes":0,"replay_lag_bytes":0,"problem":null}],\
                "poolers":[\
                {"name":"pgb1","host":"10.0.1.21","target":"pgdb1","paused":false,"clients":8,"waiting":0,"problem":null},\
                {"name":"pgb2","host":"10.0.1.11","target":"pgdb1","paused":false,"clients":8,"waiting":0,"problem":null}],\
                "switches":[],"safe_to_switch_over":true,"verdict":"Safe to switch over to pgdb2.","problems":[]}]}""", status(Clusters.healthy()));
    }

    @Test
    void aNodeThatCannotBeAskedIsUnreachableAndNeverDown() {
        var dark = status(Clusters.with(Clusters.PG1, new NodeState.Unreachable("connection timed out after 5 s")));
        assertEquals("""
                {"name":"pgdb1","host":"10.0.1.11","role":"unreachable","version":null,"timeline":null,"lsn":null,\
                "upstream":null,"streaming":null,"receive_lag_bytes":null,"replay_lag_bytes":null,\
                "problem":"connection timed out after 5 s"}""", dark.replaceFirst("^.*\"nodes\":\\[(.*?\\}).*$", "$1"));
    }

    @Test
    void aRunThatWasRefused() {
        assertEquals(
                """
                {"schema":"heliosctl.run.v1","run":null,"cluster":"main","runbook":"switchover","outcome":"refused",\
                "cast":{},"steps":[],"clients_waited_ms":null,"lost_bytes":null,"zero_loss_proof":null,"owed":[],\
                "problems":[{"severity":"error","code":"pooler-paused","message":"pooler pgb1 is paused already",\
                "detail":"","hint":"RESUME it."}]}""",
                Json.line(RunJson.refused(
                        "main",
                        "switchover",
                        List.of(Problem.error("pooler-paused", "pooler pgb1 is paused already")
                                .hint("RESUME it.")))));
    }

    private static String status(Topology topology) {
        return Json.line(StatusJson.of(List.of(
                new ClusterStatus(topology, Verdict.of(topology), List.of(), Histories.unknown(), Optional.empty()))));
    }
}
