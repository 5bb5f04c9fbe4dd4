package org.edgeld.message;

import java.util.List;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.PeerAddress;

/** What the workbench tells an agent. */
public sealed interface WorkbenchMessage extends Message {
  /** Calls the handler's method for this message. */
  void accept(Handler handler);

  /** One method per message. */
  interface Handler {
    void deploy(Deploy message);

    void connect(Connect message);

    void undeploy(Undeploy message);

    void profileCompute(ProfileCompute message);

    void probeLink(ProbeLink message);

    void probeInterface(ProbeInterface message);

    void cancel(Cancel message);

    void readClock(ReadClock message);
  }

  /**
   * Prepare to run frames: load weights, run every tile shape once; answered by {@code Deployed} or
   * {@code DeploymentFailed}.
   *
   * @param id names the deployment; equals the one inside the blob
   * @param device which of the deployment's devices the agent is
   * @param deployment the serialised {@code Deployment}
   */
  record Deploy(DeploymentId id, DeviceId device, BlobRef deployment) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.deploy(this);
    }
  }

  /**
   * Open the data connections to the peers, now that all of them are prepared; answered by {@code
   * Connected} or {@code DeploymentFailed}.
   *
   * @param id the deployment
   */
  record Connect(DeploymentId id) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.connect(this);
    }
  }

  /**
   * Stop the deployment's frames and forget it; not answered.
   *
   * @param id the deployment
   */
  record Undeploy(DeploymentId id) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.undeploy(this);
    }
  }

  /**
   * Time tiles of a model; answered by {@code ProfileProgress} and then {@code ComputeProfile} or
   * {@code RequestFailed}.
   *
   * @param request chosen by the workbench, repeated in the answers
   * @param graph the serialised {@code ModelGraph}
   * @param spec what to time
   */
  record ProfileCompute(long request, BlobRef graph, ProfileSpec spec) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.profileCompute(this);
    }
  }

  /**
   * Measure the link from this agent to a peer; answered by {@code LinkProfile} or {@code
   * RequestFailed}.
   *
   * @param request chosen by the workbench, repeated in the answer
   * @param peer the other agent
   */
  record ProbeLink(long request, PeerAddress peer) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.probeLink(this);
    }
  }

  /**
   * Send to some peers at one time, as fast as it goes, for a moment; answered by {@code
   * InterfaceProfile} or {@code RequestFailed}.
   *
   * @param request chosen by the workbench, repeated in the answer
   * @param peers the other agents
   * @param frameBytes payload of each frame sent
   */
  record ProbeInterface(long request, List<PeerAddress> peers, int frameBytes)
      implements WorkbenchMessage {
    public ProbeInterface {
      peers = List.copyOf(peers);
    }

    @Override
    public void accept(Handler handler) {
      handler.probeInterface(this);
    }
  }

  /**
   * Give up a request; answered by its {@code RequestFailed}, if it was still running.
   *
   * @param request the request
   */
  record Cancel(long request) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.cancel(this);
    }
  }

  /**
   * Tell the monotonic clock; answered at once by {@code ClockReading}.
   *
   * @param request chosen by the workbench, repeated in the answer
   */
  record ReadClock(long request) implements WorkbenchMessage {
    @Override
    public void accept(Handler handler) {
      handler.readClock(this);
    }
  }
}
