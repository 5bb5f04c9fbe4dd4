package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.NetworkChoice;

/** With what the designer begins: what the window measures, on few devices and two links. */
final class FormBeginning {
  private FormBeginning() {}

  /** Offers a network of the window. */
  static void offer(SweepForm form, NetworkChoice network) {
    if (network instanceof NetworkChoice.Imported imported) {
      ModelOption option =
          form.offer(
              idOf(imported),
              imported.title(),
              imported.description(),
              imported.sizeWords(imported.firstInputSize()));
      boolean open =
          imported.picture().map(picture -> picture.isOpen(InputSize.AS_IN_FILE)).orElse(false);
      if (open && option.sizes().get().isEmpty()) {
        option.sizes().set(Integer.toString(imported.firstInputSize()));
      }
    } else {
      form.offer(
          network.id(),
          network.title(),
          network.description(),
          network.sizeWords(network.firstInputSize()));
    }
  }

  /** A specification names a file by its path. */
  private static String idOf(NetworkChoice network) {
    return network instanceof NetworkChoice.Imported imported
        ? imported.file().toAbsolutePath().toString()
        : network.id();
  }

  /** Chooses a network that is offered. */
  static ModelOption choose(SweepForm form, NetworkChoice network) {
    ModelOption model =
        form.models().stream()
            .filter(offered -> offered.option().id().equals(idOf(network)))
            .findFirst()
            .orElseThrow();
    model.option().chosenProperty().set(true);
    return model;
  }

  /** Fills an empty form. */
  static void fill(SweepForm form, ExperimentOptions options) {
    NetworkChoice network = options.model();
    ModelOption model = choose(form, network);
    if (network.sizes().isPresent()) {
      model.sizes().set(Integer.toString(options.inputSize()));
    }
    fill(form, options.method());
    form.text(SpecField.DEVICES).set("2, 4");
    form.text(SpecField.CPU_SHARES).set("0.2");
    form.text(SpecField.LINK_MBPS).set("100, 1000");
    form.text(SpecField.BATCHES).set("1");
    form.text(SpecField.WARMUP).set("2");
    form.text(SpecField.REPEATS).set("10");
    form.text(SpecField.ROUNDS).set("1");
    form.text(SpecField.SEED).set("1");
    form.text(SpecField.COOL_DOWN).set("0");
    form.text(SpecField.TIME_LIMIT).set("300");
  }

  private static void fill(SweepForm form, Method method) {
    if (method.options().isEmpty()) {
      choose(form.strategies(), method.strategy());
    } else {
      ObjectNode own = JsonNodeFactory.instance.objectNode();
      own.put(MethodJson.STRATEGY, method.strategy());
      own.set(MethodJson.OPTIONS, MethodJson.options(method.options()));
      form.ownMethods().setAll(List.of(own));
    }
    choose(form.fusions(), method.fusion());
    if (form.fusions().stream().noneMatch(option -> option.id().equals(method.fusion()))) {
      form.depthsProperty().set(method.fusion());
    }
    choose(form.routings(), method.routing().id());
    choose(form.overlaps(), method.overlap().id());
    choose(form.precisions(), method.precision().id());
    form.headRoleProperty().set(method.headRole());
    form.poolsOnHeadProperty().set(method.poolsOnHead());
  }

  private static void choose(List<Option> options, String id) {
    options.forEach(option -> option.chosenProperty().set(option.id().equals(id)));
  }
}
