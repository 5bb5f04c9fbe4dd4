package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.fit.ClassFit;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.HeldOut;

/** How regular a device is, as JSON. */
final class FitJson {
  private FitJson() {}

  /** Returns a device's fit as a JSON object. */
  static ObjectNode of(ModelGraph graph, DeviceFit fit) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode classes = json.putArray("classes");
    for (ClassFit kind : fit.classes()) {
      classes
          .addObject()
          .put("operators", kind.kind().title())
          .put("layers", kind.layers())
          .put("samples", kind.samples())
          .put("overheadMs", kind.overheadNanos() / 1e6)
          .put("secondsPerFlop", kind.nanosPerFlop() / 1e9)
          .put("secondsPerByte", kind.nanosPerByte() / 1e9);
    }
    ObjectNode quality = json.putObject("heldOut");
    boolean known = !fit.heldOut().isEmpty();
    quality.put("medianErrorPercent", known ? (Double) (100 * fit.medianError()) : null);
    quality.put("withinTenPercentShare", known ? (Double) fit.shareWithin() : null);
    quality.put("layersAlone", fit.alone());
    ArrayNode samples = quality.putArray("samples");
    for (HeldOut out : fit.heldOut()) {
      samples
          .addObject()
          .put("layer", graph.layers().get(out.layerIndex()).name())
          .put("operators", out.kind().title())
          .put("whole", out.whole())
          .put("measuredMs", out.measuredNanos() / 1e6)
          .put("predictedMs", out.predictedNanos() / 1e6)
          .put("errorPercent", 100 * out.error());
    }
    return json;
  }
}
