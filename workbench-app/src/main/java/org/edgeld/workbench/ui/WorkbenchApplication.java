package org.edgeld.workbench.ui;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Application;
import javafx.stage.Stage;

/**
 * Shows the window until it is closed. JavaFX makes the application itself, so its services are
 * handed over by {@link #open}, which a launcher that is no {@link Application} calls.
 */
public final class WorkbenchApplication extends Application {
  private static Supplier<UiServices> source =
      () -> {
        throw new IllegalStateException("Open the window with WorkbenchApplication.open.");
      };
  private static Consumer<WorkbenchViewModel> whenShown = model -> {};
  private static Runnable end = () -> {};

  /**
   * Shows the window and returns when it is closed; once per process.
   *
   * @param services made on the JavaFX thread
   * @param shown called on the JavaFX thread when the window shows
   * @param atEnd called when the window has closed, to stop what the services started
   */
  public static void open(
      Supplier<UiServices> services, Consumer<WorkbenchViewModel> shown, Runnable atEnd) {
    source = services;
    whenShown = shown;
    end = atEnd;
    launch(WorkbenchApplication.class);
  }

  @Override
  public void start(Stage stage) {
    UiServices services = source.get();
    WorkbenchWindow window =
        new WorkbenchWindow(
            services, file -> getHostServices().showDocument(file.toUri().toString()));
    window.show(stage);
    services.directory().startWatching();
    whenShown.accept(window.model());
  }

  @Override
  public void stop() {
    end.run();
  }
}
