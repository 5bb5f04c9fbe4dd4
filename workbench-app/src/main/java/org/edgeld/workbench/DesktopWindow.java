package org.edgeld.workbench;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.prefs.Preferences;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cli.CommandServices;
import org.edgeld.workbench.cli.WindowLauncher;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.ui.UiServices;
import org.edgeld.workbench.ui.WorkbenchApplication;
import org.edgeld.workbench.ui.settings.PreferencesSettings;
import org.edgeld.workbench.ui.settings.UiSettings;

/** Opens the window on the user's own services and closes them with it. */
public final class DesktopWindow implements WindowLauncher {
  private final CommandServices.Factory factory;

  /**
   * @param factory opens the services
   */
  public DesktopWindow(CommandServices.Factory factory) {
    this.factory = factory;
  }

  @Override
  public void launch(WorkbenchSettings userSettings, Optional<LocalClusterSpec> local)
      throws ClusterException {
    CommandServices services = factory.open(userSettings);
    ExecutorService background = background();
    UiSettings settings =
        new PreferencesSettings(Preferences.userRoot().node("org/edgeld/workbench"));
    Thread stop = new Thread(services::close, "close-services");
    // a closed terminal or Ctrl-C must not leave agents of a local cluster behind either
    Runtime.getRuntime().addShutdownHook(stop);
    WorkbenchApplication.open(
        () ->
            uiServices(
                services,
                new OnnxImporter(userSettings.cacheDir()),
                new RunHistory(userSettings.historyDir(), Clock.systemUTC()),
                settings,
                background),
        model -> local.ifPresent(model.cluster()::startLocal),
        background::shutdownNow);
    services.close();
    Runtime.getRuntime().removeShutdownHook(stop);
  }

  private static ExecutorService background() {
    AtomicInteger count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "window-work-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Returns what the window works with.
   *
   * @param importer keeps weights where local agents look for them, so that they are stored once
   * @param history keeps the runs
   */
  static UiServices uiServices(
      CommandServices services,
      OnnxImporter importer,
      RunHistory history,
      UiSettings settings,
      ExecutorService background) {
    return new UiServices(
        services.directory(),
        services.sweepDirectory(),
        services.profiler(),
        services.refiner(),
        services.planner(),
        services.runner(),
        SampleModels.all(),
        SplitStrategies.load().all(),
        Scheme.all(),
        importer,
        history,
        settings,
        background,
        Clock.systemDefaultZone());
  }
}
