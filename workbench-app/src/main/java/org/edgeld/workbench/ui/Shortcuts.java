package org.edgeld.workbench.ui;

import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.edgeld.workbench.ui.export.ExportViewModel;

/** Keys of the whole window. */
final class Shortcuts {
  private Shortcuts() {}

  static void install(Scene scene, WorkbenchView view, WorkbenchViewModel model) {
    bind(
        scene,
        KeyCode.O,
        onPage(view, view.sweep().view()::open, () -> view.modelFiles().choose()));
    bind(scene, KeyCode.I, () -> view.modelFiles().describe());
    bind(scene, KeyCode.R, onPage(view, view.sweep().view()::start, model::run));
    bind(scene, KeyCode.SPACE, onPage(view, model.sweep()::pauseOrProceed, () -> {}));
    bind(scene, KeyCode.P, unlessPage(view, model::profile));
    bind(scene, KeyCode.T, unlessPage(view, model::refine));
    bindShifted(scene, KeyCode.R, view.sweep()::toggle);
    bind(scene, KeyCode.E, unlessPage(view, () -> view.export(ExportViewModel.Format.CSV)));
    bind(
        scene,
        KeyCode.S,
        onPage(view, view.sweep().view()::save, () -> view.export(ExportViewModel.Format.PLAN)));
    bindShifted(
        scene, KeyCode.S, unlessPage(view, () -> view.export(ExportViewModel.Format.PROFILE)));
    bindShifted(scene, KeyCode.A, unlessPage(view, () -> view.runActions().rerun()));
    bind(scene, KeyCode.L, () -> view.cluster().showLocalDialog());
    bind(scene, KeyCode.B, unlessPage(view, view::typeBoards));
    bind(scene, KeyCode.D, view::toggleTheme);
    bind(scene, KeyCode.PLUS, () -> view.centre().zoomIn());
    bind(scene, KeyCode.EQUALS, () -> view.centre().zoomIn());
    bind(scene, KeyCode.MINUS, () -> view.centre().zoomOut());
    bind(scene, KeyCode.DIGIT0, () -> view.centre().fit());
    bind(scene, KeyCode.DIGIT1, () -> view.show(CentreCard.MAP));
    bind(scene, KeyCode.DIGIT2, () -> view.show(CentreCard.LAYERS));
    bind(scene, KeyCode.DIGIT3, () -> view.show(CentreCard.GRAPH));
    bind(scene, KeyCode.DIGIT4, () -> view.show(CentreCard.COMPARE));
    bind(scene, KeyCode.F, unlessPage(view, () -> view.runs().search()));
    bind(scene, KeyCode.K, unlessPage(view, view.centre()::compare));
    scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F5), model::refresh);
    scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F1), view::showShortcuts);
    // before controls see it: a focused list would keep Esc for itself
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && model.job().runningProperty().get()) {
            model.cancel();
            event.consume();
          }
        });
  }

  /** What a key does depends on whether the page of sweeps is shown. */
  private static Runnable onPage(WorkbenchView view, Runnable page, Runnable otherwise) {
    return () -> (view.sweep().shown() ? page : otherwise).run();
  }

  private static Runnable unlessPage(WorkbenchView view, Runnable action) {
    return onPage(view, () -> {}, action);
  }

  private static void bindShifted(Scene scene, KeyCode key, Runnable action) {
    scene
        .getAccelerators()
        .put(
            new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
            action);
  }

  private static void bind(Scene scene, KeyCode key, Runnable action) {
    scene.getAccelerators().put(new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN), action);
  }
}
