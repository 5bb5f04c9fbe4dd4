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
    bind(scene, KeyCode.O, () -> view.modelFiles().choose());
    bind(scene, KeyCode.I, () -> view.modelFiles().describe());
    bind(scene, KeyCode.R, model::run);
    bind(scene, KeyCode.P, model::profile);
    bind(scene, KeyCode.T, model::refine);
    bind(scene, KeyCode.E, () -> view.export(ExportViewModel.Format.CSV));
    bind(scene, KeyCode.S, () -> view.export(ExportViewModel.Format.PLAN));
    scene
        .getAccelerators()
        .put(
            new KeyCodeCombination(
                KeyCode.S, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
            () -> view.export(ExportViewModel.Format.PROFILE));
    bind(scene, KeyCode.L, () -> view.cluster().showLocalDialog());
    bind(scene, KeyCode.D, view::toggleTheme);
    bind(scene, KeyCode.PLUS, () -> view.centre().zoomIn());
    bind(scene, KeyCode.EQUALS, () -> view.centre().zoomIn());
    bind(scene, KeyCode.MINUS, () -> view.centre().zoomOut());
    bind(scene, KeyCode.DIGIT0, () -> view.centre().fit());
    bind(scene, KeyCode.DIGIT1, () -> view.centre().shownProperty().set(CentreCard.MAP));
    bind(scene, KeyCode.DIGIT2, () -> view.centre().shownProperty().set(CentreCard.LAYERS));
    bind(scene, KeyCode.DIGIT3, () -> view.centre().shownProperty().set(CentreCard.GRAPH));
    bind(scene, KeyCode.DIGIT4, () -> view.centre().shownProperty().set(CentreCard.COMPARE));
    bind(scene, KeyCode.K, () -> view.centre().compare());
    scene
        .getAccelerators()
        .put(new KeyCodeCombination(KeyCode.F5), () -> model.cluster().refresh());
    scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F1), view::showShortcuts);
    // before controls see it: a focused list would keep Esc for itself
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && model.job().runningProperty().get()) {
            model.job().cancel();
            event.consume();
          }
        });
  }

  private static void bind(Scene scene, KeyCode key, Runnable action) {
    scene.getAccelerators().put(new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN), action);
  }
}
