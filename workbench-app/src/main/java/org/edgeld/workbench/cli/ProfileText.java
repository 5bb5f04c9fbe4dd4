package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;

/** A cluster's profile as text for a terminal. */
final class ProfileText {
  private ProfileText() {}

  /** Returns a line that says what figures rest on; empty if on a measurement without a name. */
  static String basis(ClusterProfile profile, Optional<String> name) {
    boolean typed =
        profile.devices().stream()
            .anyMatch(device -> device.info().processor().equals(RooflineProfile.TYPED_IN));
    String what = typed ? "rates that are typed in, not measured" : "a measured profile";
    return typed || name.isPresent()
        ? "The figures rest on %s%s.\n".formatted(what, name.map(" (%s)"::formatted).orElse(""))
        : "";
  }

  /** Returns the text, ended by a line break. */
  static String of(ModelGraph graph, ClusterProfile profile) {
    return "Time of whole layers in ms:\n"
        + layers(graph, profile)
        + "\nEdgeLD's regression, seconds = a·FLOPs + b:\n"
        + regressions(profile)
        + "\n"
        + FitText.of(graph, profile)
        + (profile.size() < 2
            ? ""
            : "\n"
                + "Links, round trip in ms and rate in Mbit/s; with all at one time, as far as"
                + " known:\n"
                + links(profile));
  }

  private static TextTable layers(ModelGraph graph, ClusterProfile profile) {
    List<TensorShape> shapes = graph.shapes();
    List<String> header = new ArrayList<>(List.of("layer", "GFLOPs"));
    header.addAll(names(profile));
    TextTable table = new TextTable(header);
    for (int i = 0; i < graph.layers().size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(graph.layers().get(i).name());
      row.add(Quantity.giga(OperatorCost.flops(graph, shapes, i, shapes.get(i + 1).height())));
      for (DeviceProfile device : profile.devices()) {
        row.add(Quantity.millis(device.layers().get(i).wholeNanos() / 1e6));
      }
      table.row(row);
    }
    List<String> sum = new ArrayList<>(List.of("sum", Quantity.giga(OperatorCost.flops(graph))));
    for (DeviceProfile device : profile.devices()) {
      sum.add(Quantity.millis(device.wholeModelNanos() / 1e6));
    }
    table.row(sum);
    List<String> overhead = new ArrayList<>(List.of("each step beside", ""));
    for (DeviceProfile device : profile.devices()) {
      overhead.add(Quantity.millis(device.overhead().computeNanos() / 1e6));
    }
    return table.row(overhead);
  }

  private static TextTable regressions(ClusterProfile profile) {
    TextTable table = new TextTable("device", "agent", "a", "b", "points");
    for (int d = 0; d < profile.size(); d++) {
      DeviceProfile device = profile.devices().get(d);
      table.row(
          new DeviceId(d).letter(),
          device.info().name(),
          Quantity.significant(device.regression().secondsPerFlop()),
          Quantity.significant(device.regression().overheadSeconds()),
          Integer.toString(device.regression().points().size()));
    }
    return table;
  }

  private static TextTable links(ClusterProfile profile) {
    List<String> header = new ArrayList<>(List.of("from / to"));
    header.addAll(names(profile));
    header.add("all");
    TextTable table = new TextTable(header);
    for (int from = 0; from < profile.size(); from++) {
      List<String> row = new ArrayList<>(List.of(names(profile).get(from)));
      for (int to = 0; to < profile.size(); to++) {
        LinkEstimate link = profile.link(new DeviceId(from), new DeviceId(to));
        row.add(
            from == to
                ? "–"
                : Quantity.millis(link.roundTripNanos() / 1e6)
                    + ", "
                    + Quantity.mbps(link.bitsPerSecond()));
      }
      row.add(rate(profile.interfaces().get(from).outgoingBitsPerSecond()));
      table.row(row);
    }
    List<String> all = new ArrayList<>(List.of("all"));
    profile.interfaces().forEach(each -> all.add(rate(each.incomingBitsPerSecond())));
    all.add("");
    return table.row(all);
  }

  private static String rate(double bitsPerSecond) {
    return bitsPerSecond == 0 ? "–" : Quantity.mbps(bitsPerSecond);
  }

  private static List<String> names(ClusterProfile profile) {
    List<String> names = new ArrayList<>();
    for (int d = 0; d < profile.size(); d++) {
      names.add(new DeviceId(d).letter() + " " + profile.devices().get(d).info().name());
    }
    return names;
  }
}
