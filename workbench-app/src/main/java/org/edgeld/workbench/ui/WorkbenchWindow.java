package org.edgeld.workbench.ui;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.edgeld.workbench.ui.theme.ThemeViewModel;
import org.edgeld.workbench.ui.theme.Themes;

/** The workbench's window. */
public final class WorkbenchWindow {
  private static final double WIDTH = 1440;
  private static final double HEIGHT = 900;
  private static final double MIN_WIDTH = 1024;
  private static final double MIN_HEIGHT = 680;

  private final WorkbenchViewModel model;
  private final ThemeViewModel theme;
  private final Scene scene;

  /**
   * Builds a window that shows no files; on the JavaFX thread.
   *
   * @param services what it works with
   */
  public WorkbenchWindow(UiServices services) {
    this(
        services,
        file -> {
          throw new UnsupportedOperationException("Nothing here shows " + file + ".");
        });
  }

  /**
   * Builds the window; on the JavaFX thread.
   *
   * @param services what it works with
   * @param openFile shows a file in the program that the system has for it
   */
  public WorkbenchWindow(UiServices services, Consumer<Path> openFile) {
    this.model = new WorkbenchViewModel(services, WorkbenchWindow::onFxThread);
    this.theme = new ThemeViewModel(services.settings(), Themes.fontFamily());
    WorkbenchView root = new WorkbenchView(model, theme, openFile);
    Themes.install(root, theme);
    this.scene = new Scene(root, WIDTH, HEIGHT);
    Shortcuts.install(scene, root, model);
    root.modelFiles().acceptDrops(scene);
    refreshWhenFocused();
  }

  /**
   * Other windows may have kept runs meanwhile. A stage that shows another scene lets go of this.
   */
  private void refreshWhenFocused() {
    scene
        .windowProperty()
        .flatMap(Window::focusedProperty)
        .addListener(
            (o, was, is) -> {
              if (Boolean.TRUE.equals(is)) {
                model.runs().refresh();
              }
            });
  }

  private static void onFxThread(Runnable task) {
    if (Platform.isFxApplicationThread()) {
      task.run();
    } else {
      Platform.runLater(task);
    }
  }

  /** Returns state and commands. */
  public WorkbenchViewModel model() {
    return model;
  }

  /** Returns the theme. */
  public ThemeViewModel theme() {
    return theme;
  }

  /** Returns what is shown. */
  public Scene scene() {
    return scene;
  }

  /** Shows the window on a stage. */
  public void show(Stage stage) {
    stage.setTitle("EdgeLD Workbench");
    stage.setMinWidth(MIN_WIDTH);
    stage.setMinHeight(MIN_HEIGHT);
    stage.setScene(scene);
    stage.show();
    scene.getRoot().requestFocus();
  }
}
