package org.edgeld.workbench.ui.runs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.history.AgentMatch;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.LoadedRun;
import org.edgeld.workbench.history.Rerun;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;

/** Repeats kept runs on the agents that take part; where these differ it asks first. */
public final class RerunViewModel {
  private final Rerun rerun;
  private final RunLoader loader;
  private final RunsViewModel runs;
  private final Supplier<List<KnownAgent>> agents;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;
  private final ReadOnlyObjectWrapper<Optional<Question>> question =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * The agents are not those of the run.
   *
   * @param run to be repeated
   * @param match agents for the places of its devices
   * @param agents all that take part now
   */
  public record Question(HistoryItem run, AgentMatch match, List<KnownAgent> agents) {
    public Question {
      agents = List.copyOf(agents);
    }

    /** Tells whether the very same plan can run. */
    public boolean samePlanPossible() {
      return match.complete(run.head());
    }
  }

  /**
   * @param rerun repeats runs
   * @param loader reads them
   * @param runs takes what comes out
   * @param agents those that take part now
   * @param job shows progress and cancels
   * @param banner says what is missing
   * @param ui runs tasks on the window's thread
   */
  public RerunViewModel(
      Rerun rerun,
      RunLoader loader,
      RunsViewModel runs,
      Supplier<List<KnownAgent>> agents,
      JobViewModel job,
      BannerViewModel banner,
      Executor ui) {
    this.rerun = rerun;
    this.loader = loader;
    this.runs = runs;
    this.agents = agents;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
  }

  /** Repeats a run with the very same plan, or asks what to do if the agents differ. */
  public void rerun(HistoryItem run) {
    List<KnownAgent> now = agents.get();
    if (now.isEmpty()) {
      banner.show(
          "There is no agent to run on. Maybe start a local cluster (Ctrl+L) or tick an agent.");
      return;
    }
    AgentMatch match = AgentMatch.of(run.head(), now);
    Question asked = new Question(run, match, now);
    if (match.differences().isEmpty()) {
      samePlan(asked);
    } else {
      question.set(Optional.of(asked));
    }
  }

  /** Repeats the run with the very same plan. */
  public void samePlan(Question asked) {
    start(asked, (run, monitor) -> rerun.samePlan(run, asked.match(), monitor));
  }

  /** Repeats the run with the same choices, planned anew for the agents that take part. */
  public void planAgain(Question asked) {
    start(asked, (run, monitor) -> rerun.planAgain(run, asked.agents(), monitor));
  }

  /** Leaves it. */
  public void leave() {
    question.set(Optional.empty());
  }

  @FunctionalInterface
  private interface Way {
    Rerun.Repeated repeat(LoadedRun run, JobMonitor monitor) throws Exception;
  }

  private void start(Question asked, Way way) {
    question.set(Optional.empty());
    String label = asked.run().label();
    job.start(
        "Repeating run " + label + "…",
        monitor -> {
          LoadedRun run = loader.load(asked.run().number(), monitor);
          Rerun.Repeated repeated = way.repeat(run, monitor);
          HistoryItem item = runs.keep(repeated.run());
          RunEntry entry = RunEntry.of(run.model(), item.number(), repeated.run());
          ui.execute(() -> runs.add(item, entry));
        });
  }

  /** What to ask because the agents differ; empty if nothing is. */
  public ReadOnlyObjectProperty<Optional<Question>> questionProperty() {
    return question.getReadOnlyProperty();
  }
}
