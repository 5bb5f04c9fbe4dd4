package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profile.RegressionFit;
import org.edgeld.workbench.results.JsonFile;

/**
 * How long convolutions of a grid took on a device.
 *
 * @param grid what was to be timed
 * @param device name of the device
 * @param boards how it is emulated, in words; empty if it is not
 * @param times of those convolutions that could be timed, at least one
 */
public record ConvolutionTimes(
    ConvolutionGrid grid, String device, String boards, List<Timed> times) {
  private static final String WHAT = "timed convolutions";
  private static final int MOST = 1 << 20;

  /**
   * A convolution and its time.
   *
   * @param point the convolution
   * @param seconds its median time
   */
  public record Timed(GridPoint point, double seconds) {}

  public ConvolutionTimes {
    times = List.copyOf(times);
  }

  /** Returns the fit of EdgeLD's Fig. 4 to them. */
  public Regression fit() {
    return RegressionFit.fit(
        times.stream()
            .map(time -> new Regression.Point(time.point().flops(), time.seconds()))
            .toList());
  }

  /** Returns what a folder has; empty if nothing was timed or the file is damaged. */
  public static Optional<ConvolutionTimes> read(SweepFolder folder) {
    Path file = folder.convolutions();
    try {
      return Files.exists(file) ? Optional.of(of(JsonDocument.read(file, WHAT))) : Optional.empty();
    } catch (JsonDefectException e) {
      return Optional.empty(); // it is timed anew, and a report says that it is missing
    }
  }

  private static ConvolutionTimes of(JsonFields json) throws JsonDefectException {
    ConvolutionGrid grid =
        new ConvolutionGrid(
            json.wholes("sizes", 1, MOST),
            json.wholes("channels", 1, MOST),
            json.whole("seconds", 1, MOST));
    List<Timed> times = new ArrayList<>();
    for (JsonFields time : json.objects("times")) {
      GridPoint point =
          new GridPoint(
              time.whole("size", 1, MOST),
              time.whole("inChannels", 1, MOST),
              time.whole("outChannels", 1, MOST));
      times.add(new Timed(point, time.number("seconds", 0, MOST)));
    }
    if (times.isEmpty()) {
      throw json.problem("times", "is empty", "delete the file");
    }
    return new ConvolutionTimes(grid, json.text("device"), json.text("boards"), times);
  }

  /** Writes them into a folder. */
  void write(SweepFolder folder) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("device", device);
    json.put("boards", boards);
    grid.sizes().forEach(json.putArray("sizes")::add);
    grid.channels().forEach(json.putArray("channels")::add);
    json.put("seconds", grid.seconds());
    ArrayNode array = json.putArray("times");
    for (Timed time : times) {
      array
          .addObject()
          .put("size", time.point().size())
          .put("inChannels", time.point().inChannels())
          .put("outChannels", time.point().outChannels())
          .put("seconds", time.seconds());
    }
    JsonFile.write(folder.convolutions(), json);
  }
}
