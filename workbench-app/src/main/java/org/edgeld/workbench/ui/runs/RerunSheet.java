package org.edgeld.workbench.ui.runs;

import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Says how the agents differ from those of a run, and asks what to do. */
final class RerunSheet {
  private RerunSheet() {}

  static void show(Scene owner, RerunViewModel model, RerunViewModel.Question question) {
    VBox content = new VBox(8);
    question
        .match()
        .differences()
        .forEach(clause -> content.getChildren().add(Widgets.wrapped(clause + ".", "value")));
    content.setId("rerun-differences");
    content
        .getChildren()
        .add(
            Widgets.wrapped(
                question.samePlanPossible()
                    ? "The same plan can run, but its times are not those of the same devices."
                    : "The same plan cannot run. It can be planned again with the same choices.",
                "caption"));
    ModalSheet sheet =
        new ModalSheet(
            owner, "Run " + question.run().label() + " ran elsewhere", "Plan again", content);
    if (question.samePlanPossible()) {
      Button same = new Button("Run the same plan");
      same.setId("rerun-same");
      same.setOnAction(
          event -> {
            sheet.close();
            model.samePlan(question);
          });
      content.getChildren().add(same);
    }
    sheet.onAccept(
        () -> {
          sheet.close();
          model.planAgain(question);
        });
    sheet.show();
  }
}
