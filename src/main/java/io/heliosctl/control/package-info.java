/// The only door to the outside for steps: `ClusterControl`, real (`LiveCluster`) and pretend (`Rehearsal`).
package io.heliosctl.control;
