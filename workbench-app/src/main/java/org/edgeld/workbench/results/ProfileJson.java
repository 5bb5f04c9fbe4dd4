package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;

/** A cluster's profile as JSON: times in milliseconds, but EdgeLD's a and b in seconds. */
public final class ProfileJson {
  private ProfileJson() {}

  /** Returns the profile as a JSON object. */
  public static ObjectNode of(String model, ModelGraph graph, ClusterProfile profile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    json.put("inputSize", graph.input().height());
    ArrayNode devices = json.putArray("devices");
    for (int i = 0; i < profile.size(); i++) {
      ObjectNode device = device(graph, profile.devices().get(i));
      InterfaceEstimate interfaces = profile.interfaces().get(i);
      if (!interfaces.equals(InterfaceEstimate.UNKNOWN)) {
        device
            .putObject("interface")
            .put("outgoingMbps", interfaces.outgoingBitsPerSecond() / 1e6)
            .put("incomingMbps", interfaces.incomingBitsPerSecond() / 1e6);
      }
      devices.add(device);
    }
    ArrayNode links = json.putArray("links");
    for (int from = 0; from < profile.size(); from++) {
      for (int to = 0; to < profile.size(); to++) {
        if (from != to) {
          LinkEstimate link = profile.link(new DeviceId(from), new DeviceId(to));
          links
              .addObject()
              .put("from", profile.devices().get(from).info().name())
              .put("to", profile.devices().get(to).info().name())
              .put("roundTripMs", link.roundTripNanos() / 1e6)
              .put("messageMs", link.messageNanos() / 1e6)
              .put("mbps", link.bitsPerSecond() / 1e6);
        }
      }
    }
    return json;
  }

  private static ObjectNode device(ModelGraph graph, DeviceProfile device) {
    ObjectNode json = AgentJson.of(device.info());
    json.put("wholeModelMs", device.wholeModelNanos() / 1e6);
    json.put("stepOverheadMs", device.overhead().computeNanos() / 1e6);
    ArrayNode layers = json.putArray("layers");
    for (int i = 0; i < device.layers().size(); i++) {
      ObjectNode layer = layers.addObject();
      layer.put("layer", graph.layers().get(i).name());
      ArrayNode samples = layer.putArray("samples");
      for (LayerTimes.Sample sample : device.layers().get(i).samples()) {
        samples
            .addObject()
            .put("channels", sample.channels())
            .put("rows", sample.rows())
            .put("columns", sample.columns())
            .put("ms", sample.nanos() / 1e6);
      }
    }
    Regression regression = device.regression();
    ObjectNode fit = json.putObject("regression");
    fit.put("a", regression.secondsPerFlop());
    fit.put("b", regression.overheadSeconds());
    ArrayNode points = fit.putArray("points");
    for (Regression.Point point : regression.points()) {
      points.addObject().put("flops", point.flops()).put("seconds", point.seconds());
    }
    json.set("fit", FitJson.of(graph, DeviceFit.of(graph, device)));
    return json;
  }
}
