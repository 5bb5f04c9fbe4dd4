package org.edgeld.transport;

import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;

/** What a data connection is for; said by the dialling side when it opens. */
public sealed interface ConnectionPurpose {
  /**
   * Blobs, inputs and outputs between workbench and agent.
   *
   * @param session the session that the control plane's welcome named
   */
  record Session(long session) implements ConnectionPurpose {}

  /**
   * Tensor slices between two devices of a deployment.
   *
   * @param deployment the deployment
   * @param from who dials
   */
  record Peer(DeploymentId deployment, DeviceId from) implements ConnectionPurpose {}

  /** A link measurement. */
  record LinkProbe() implements ConnectionPurpose {}
}
