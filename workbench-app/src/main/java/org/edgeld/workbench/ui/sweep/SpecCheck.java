package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.experiment.Forecast;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;

/**
 * Reads drafts and says all that is wrong with them: the reader stops at the first wrong field, so
 * that one is set aside and the rest read again. Not for several threads at a time.
 */
final class SpecCheck {
  private static final String TITLE = "Sweep";

  private final SweepTools tools;
  private final Networks networks;
  private final SpecReader reader;

  SpecCheck(SweepTools tools) {
    this.tools = tools;
    this.networks = tools.networks();
    this.reader = tools.reader(networks);
  }

  /** Returns what a draft means, without its duration. */
  Design check(ObjectNode draft) {
    ObjectNode json = draft.deepCopy();
    Map<SpecField, String> problems = new EnumMap<>(SpecField.class);
    while (true) {
      try {
        SweepSpec spec = read(json);
        return problems.isEmpty() ? of(spec) : wrong(problems, Optional.empty());
      } catch (JsonDefectException e) {
        Optional<SpecField> field = e.path().flatMap(SpecField::ofPath);
        String sentence = e.getMessage().replaceFirst("^" + TITLE + ": ", "");
        if (field.isEmpty() || problems.containsKey(field.get())) {
          return wrong(problems, Optional.of(sentence));
        }
        problems.put(field.get(), sentence);
        setAside(json, field.get());
      } catch (IllegalArgumentException e) {
        return wrong(problems, Optional.of(e.getMessage()));
      }
    }
  }

  /** Reads a draft as the command line reads a file. */
  SweepSpec read(ObjectNode json) throws JsonDefectException {
    return reader.read(JsonDocument.of(json, TITLE));
  }

  /** Reads a file; what is wrong names it. */
  SweepSpec read(Path file) throws JsonDefectException {
    return reader.read(file);
  }

  /** Returns what a specification means, without its duration. */
  static Design of(SweepSpec spec) {
    return new Design(
        Optional.of(spec),
        Map.of(),
        Optional.empty(),
        Schedule.trials(spec),
        OptionalDouble.empty(),
        CoreSpeed.ASSUMED);
  }

  private static Design wrong(Map<SpecField, String> problems, Optional<String> problem) {
    return new Design(
        Optional.empty(), problems, problem, List.of(), OptionalDouble.empty(), CoreSpeed.ASSUMED);
  }

  /** What must be there is replaced by something that is right. */
  private void setAside(ObjectNode json, SpecField field) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    switch (field) {
      case MODELS -> json.set(field.key(), factory.arrayNode().add(tools.models().get(0).id()));
      case DEVICES -> json.set(field.key(), factory.arrayNode().add(1));
      case STRATEGIES ->
          json.set(field.key(), factory.arrayNode().add(tools.strategies().all().get(0).id()));
      default -> json.remove(field.key());
    }
  }

  /** Returns how long trials may take. */
  double seconds(SweepSpec spec, List<Trial> trials, CoreSpeed speed, JobMonitor monitor)
      throws JobCancelledException {
    return new Forecast(tools.planner(), networks, spec, speed).seconds(trials, monitor);
  }
}
