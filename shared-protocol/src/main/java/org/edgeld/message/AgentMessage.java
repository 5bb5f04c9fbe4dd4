package org.edgeld.message;

import java.util.List;
import org.edgeld.program.DeploymentId;

/** What an agent tells the workbench. */
public sealed interface AgentMessage extends Message {
  /** Calls the handler's method for this message. */
  void accept(Handler handler);

  /** One method per message. */
  interface Handler {
    void welcome(Welcome message);

    void refused(Refused message);

    void blobsWanted(BlobsWanted message);

    void deployed(Deployed message);

    void connected(Connected message);

    void frameDone(FrameDone message);

    void frameReport(FrameReport message);

    void profileProgress(ProfileProgress message);

    void computeProfile(ComputeProfile message);

    void linkProfile(LinkProfile message);

    void interfaceProfile(InterfaceProfile message);

    void clockReading(ClockReading message);

    void deploymentFailed(DeploymentFailed message);

    void requestFailed(RequestFailed message);
  }

  /**
   * The session is open.
   *
   * @param info the agent
   * @param session names this session in the workbench's data connection
   */
  record Welcome(AgentInfo info, long session) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.welcome(this);
    }
  }

  /**
   * The session is not opened, and the connection closes.
   *
   * @param reason a sentence for the user
   */
  record Refused(String reason) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.refused(this);
    }
  }

  /**
   * Content announced or referred to that the agent lacks; to be sent over the data plane.
   *
   * @param blobs what is lacking
   */
  record BlobsWanted(List<BlobRef> blobs) implements AgentMessage {
    public BlobsWanted {
      blobs = List.copyOf(blobs);
    }

    @Override
    public void accept(Handler handler) {
      handler.blobsWanted(this);
    }
  }

  /**
   * Prepared: weights loaded, every tile shape run once.
   *
   * @param id the deployment
   * @param memoryBytes weights and tensors it takes on this device
   */
  record Deployed(DeploymentId id, long memoryBytes) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.deployed(this);
    }
  }

  /**
   * Ready for frames: the connections that this device dials are open.
   *
   * @param id the deployment
   */
  record Connected(DeploymentId id) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.connected(this);
    }
  }

  /**
   * The head has every output; the outputs themselves came over the data plane before.
   *
   * @param id the deployment
   * @param frame the frame
   * @param startNanos head's clock when the program started, the input being there
   * @param endNanos head's clock when the last output was complete
   */
  record FrameDone(DeploymentId id, long frame, long startNanos, long endNanos)
      implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.frameDone(this);
    }
  }

  /**
   * When each step of the device's program ran, by its own clock. Step {@code i} of the program is
   * element {@code i}.
   *
   * @param id the deployment
   * @param frame the frame
   * @param startNanos per step, when it began
   * @param endNanos per step, when it was done; for a send, when the last byte was handed to the
   *     network
   * @param overcommittedNanos compute time that the emulation could not hide because the machine
   *     was busy; some 0.1 ms per compute step are the accuracy of waking up
   * @param serialiseDelayNanos per step, from its start to when its slice began to be written in
   *     the precision in which it travels, or read from it; negative where the slice was here
   *     before the step; empty if slices travel as they are
   * @param serialiseNanos per step, how long that took, 0 where there was nothing to do; empty if
   *     slices travel as they are
   * @param assembleDelayNanos per step, from its start to when slices were copied within the
   *     device's memory: what was computed to where it meets other slices, what is sent into one
   *     piece, what arrived out of one; negative as above, 0 where nothing was copied
   * @param assembleNanos per step, how long that took
   * @param sentBytes payloads of all slices sent, as they travelled
   */
  record FrameReport(
      DeploymentId id,
      long frame,
      long[] startNanos,
      long[] endNanos,
      long overcommittedNanos,
      long[] serialiseDelayNanos,
      long[] serialiseNanos,
      long[] assembleDelayNanos,
      long[] assembleNanos,
      long sentBytes)
      implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.frameReport(this);
    }
  }

  /**
   * How far a profile is.
   *
   * @param request the request
   * @param done tiles done
   * @param total tiles in all
   */
  record ProfileProgress(long request, int done, int total) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.profileProgress(this);
    }
  }

  /**
   * Times of tiles and grid points in the order of the {@code ProfileSpec}.
   *
   * @param request the request
   * @param tileNanos per tile, the median time
   * @param gridNanos per grid point, the median time
   */
  record ComputeProfile(long request, long[] tileNanos, long[] gridNanos) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.computeProfile(this);
    }
  }

  /**
   * What the link to a peer gives.
   *
   * @param request the request
   * @param roundTripNanos median time of a small message and its answer
   * @param messageNanos how long a frame occupies the link beside its payload
   * @param bitsPerSecond goodput of large frames
   */
  record LinkProfile(long request, long roundTripNanos, long messageNanos, double bitsPerSecond)
      implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.linkProfile(this);
    }
  }

  /**
   * What the links to some peers give together.
   *
   * @param request the request
   * @param bitsPerSecond goodput of all frames sent at one time; 0 if too few arrived to tell
   */
  record InterfaceProfile(long request, double bitsPerSecond) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.interfaceProfile(this);
    }
  }

  /**
   * The agent's monotonic clock.
   *
   * @param request the request
   * @param nanos {@code System.nanoTime()} when the request was read
   */
  record ClockReading(long request, long nanos) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.clockReading(this);
    }
  }

  /**
   * A deployment cannot go on here.
   *
   * @param id the deployment
   * @param frame the frame under way, -1 before the first
   * @param step index of the step under way, -1 outside the program
   * @param cause a sentence for the user
   * @param peerLost whether this only follows from a peer having gone away
   */
  record DeploymentFailed(DeploymentId id, long frame, int step, String cause, boolean peerLost)
      implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.deploymentFailed(this);
    }
  }

  /**
   * A request cannot be answered.
   *
   * @param request the request
   * @param cause a sentence for the user
   */
  record RequestFailed(long request, String cause) implements AgentMessage {
    @Override
    public void accept(Handler handler) {
      handler.requestFailed(this);
    }
  }
}
