package org.edgeld.workbench.ui.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.Layer;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** The profile behind what is shown, layer by layer. */
public final class ProfileViewModel {
  private final ObservableValue<Optional<ShownPlan>> shown;

  /**
   * @param shown what the window shows
   */
  public ProfileViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.shown = shown;
  }

  public ObservableValue<Optional<ShownPlan>> shownProperty() {
    return shown;
  }

  /** Returns a row for each layer. */
  public static List<ProfileRow> rows(ShownPlan plan) {
    ClusterProfile profile = plan.planned().request().profile();
    List<TensorShape> shapes = plan.picture().shapes();
    List<ProfileRow> rows = new ArrayList<>();
    for (int i = 0; i < plan.picture().graph().layers().size(); i++) {
      int index = i;
      Layer layer = plan.picture().graph().layers().get(i);
      TensorShape output = shapes.get(i + 1);
      rows.add(
          new ProfileRow(
              layer.name(),
              output.toString(),
              OperatorCost.flops(plan.picture().graph(), shapes, i, output.height()),
              layer.weightBytes() / TensorShape.ELEMENT_BYTES,
              profile.devices().stream().map(d -> d.layers().get(index).wholeNanos()).toList()));
    }
    return rows;
  }

  /** Returns where the times come from, in a few words. */
  public static String caption(ShownPlan plan) {
    String name = plan.profileName().map(words -> ", " + words).orElse("");
    if (plan.measuredProfile()) {
      return "measured, ms per device" + name;
    }
    return plan.estimated() ? "estimated, not measured" : "typed in, not measured" + name;
  }

  /** Returns EdgeLD's regression of each device, or that nothing was measured. */
  public static String regressions(ShownPlan plan) {
    if (plan.typedIn()) {
      return "Typed in, not measured: a layer takes the longer of its operations and its bytes of"
          + " memory, and what starting it takes.";
    }
    if (plan.estimated()) {
      return "Estimated, not measured. Profile the agents to see EdgeLD's regression t = a·F + b.";
    }
    List<DeviceProfile> devices = plan.planned().request().profile().devices();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      Regression fit = devices.get(i).regression();
      parts.add(
          String.format(
              Locale.ROOT,
              "%s a = %.2e s/FLOP, b = %.2e s",
              new DeviceId(i).letter(),
              fit.secondsPerFlop(),
              fit.overheadSeconds()));
    }
    return parts.stream().collect(Collectors.joining("   ", "EdgeLD's fit t = a·F + b:  ", ""));
  }
}
