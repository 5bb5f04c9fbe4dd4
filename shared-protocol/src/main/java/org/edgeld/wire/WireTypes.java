package org.edgeld.wire;

import com.esotericsoftware.kryonet.FrameworkMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.BlobRef;
import org.edgeld.message.Emulation;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.PeerAddress;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * Every class that travels and its number. A number is never changed or given to another class; a
 * new class takes the next free number of its group. (On the wire stands the number plus two.)
 */
final class WireTypes {
  private static final Map<Class<?>, Integer> IDS = new LinkedHashMap<>();

  static {
    // KryoNet's own
    pin(10, FrameworkMessage.RegisterTCP.class);
    pin(11, FrameworkMessage.RegisterUDP.class);
    pin(12, FrameworkMessage.KeepAlive.class);
    pin(13, FrameworkMessage.DiscoverHost.class);
    pin(14, FrameworkMessage.Ping.class);

    pin(16, Authentication.Challenge.class);
    pin(17, Authentication.Proof.class);
    pin(18, Authentication.Accepted.class);
    pin(19, Authentication.Rejected.class);

    pin(20, WorkbenchMessage.Deploy.class);
    pin(21, WorkbenchMessage.Undeploy.class);
    pin(22, WorkbenchMessage.ProfileCompute.class);
    pin(23, WorkbenchMessage.ProbeLink.class);
    pin(24, WorkbenchMessage.Cancel.class);
    pin(25, WorkbenchMessage.ReadClock.class);
    pin(26, WorkbenchMessage.Connect.class);
    pin(27, WorkbenchMessage.ProbeInterface.class);

    pin(40, AgentMessage.Welcome.class);
    pin(41, AgentMessage.Refused.class);
    pin(42, AgentMessage.BlobsWanted.class);
    pin(43, AgentMessage.Deployed.class);
    pin(44, AgentMessage.FrameDone.class);
    pin(45, AgentMessage.FrameReport.class);
    pin(46, AgentMessage.ProfileProgress.class);
    pin(47, AgentMessage.ComputeProfile.class);
    pin(48, AgentMessage.LinkProfile.class);
    pin(49, AgentMessage.ClockReading.class);
    pin(50, AgentMessage.DeploymentFailed.class);
    pin(51, AgentMessage.RequestFailed.class);
    pin(52, AgentMessage.Connected.class);
    pin(53, AgentMessage.InterfaceProfile.class);

    // the answer to a discovery, and the two kinds of blob that are not weights
    pin(70, AgentInfo.class);
    pin(71, Deployment.class);
    pin(72, ModelGraph.class);

    // 83 and 85 were the sum and the global average pooling of version 1
    pin(80, Operator.Conv2d.class);
    pin(81, Operator.Pool2d.class);
    pin(82, Operator.Activate.class);
    pin(84, Operator.Concat.class);
    pin(86, Operator.Flatten.class);
    pin(87, Operator.Linear.class);
    pin(88, Operator.Softmax.class);
    pin(89, Operator.Elementwise.class);
    pin(90, Operator.Reduce.class);
    pin(91, Operator.ConvTranspose2d.class);
    pin(92, Operator.Prelu.class);
    pin(93, Operator.ChannelAffine.class);
    pin(94, Operator.ElementwiseConstant.class);
    pin(95, Operator.Crop.class);
    pin(96, Operator.Pad.class);
    pin(97, Operator.Reshape.class);
    pin(98, Operator.Transpose.class);
    pin(99, Operator.ChannelShuffle.class);
    pin(100, Operator.DepthToSpace.class);
    pin(101, Operator.Resize.class);
    pin(102, Operator.LocalResponseNorm.class);

    pin(110, WeightRef.Seeded.class);
    pin(111, WeightRef.Stored.class);

    pin(115, Step.Receive.class);
    pin(116, Step.Compute.class);
    pin(117, Step.Send.class);
    pin(118, Step.Release.class);

    // known from their place, so their numbers never stand on the wire
    pin(200, BlobRef.class);
    pin(201, Emulation.class);
    pin(202, ProfileSpec.class);
    pin(203, ProfileSpec.TileSpec.class);
    pin(204, ProfileSpec.GridPoint.class);
    pin(205, Layer.class);
    pin(206, Sha256.class);
    pin(207, TensorId.class);
    pin(208, TensorShape.class);
    pin(209, Window.class);
    pin(210, DeploymentId.class);
    pin(211, DeviceId.class);
    pin(212, DeviceProgram.class);
    pin(213, PeerAddress.class);
    pin(214, ProgramSet.class);
    pin(215, Block.class);
    pin(216, Range.class);
    pin(217, Slice.class);
    pin(218, Region.class);
    pin(219, Activation.class);
    pin(220, Axes.class);
    pin(221, Resample.class);
  }

  private WireTypes() {}

  private static void pin(int id, Class<?> type) {
    if (IDS.containsValue(id) || IDS.put(type, id) != null) {
      throw new IllegalStateException("The number " + id + " or " + type + " is pinned twice.");
    }
  }

  /** Returns the number of every class that travels, in the order of the numbers. */
  static Map<Class<?>, Integer> ids() {
    return Collections.unmodifiableMap(IDS);
  }
}
