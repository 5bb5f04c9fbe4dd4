package org.edgeld.workbench.ui.boards;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** Asks for boards that nobody needs to own: a line for each kind, errors below the line. */
public final class BoardsDialog {
  private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
  private static final double WIDTH = 690;
  private static final double LINES_HEIGHT = 250;
  private static final double[] WIDTHS = {62, 150, 86, 76, 82, 68, 84};

  private final BoardsViewModel model;
  private final BoardsForm form;
  private final ModalSheet sheet;
  private final GridPane grid = new GridPane();
  private final ScrollPane scroll = new ScrollPane(grid);
  private final Label count = Widgets.label("", "caption");

  /** One line on the screen. */
  private record Shown(Map<BoardField, TextField> fields, Label problem) {}

  private final List<Shown> shown = new ArrayList<>();

  /**
   * @param owner the window below
   * @param model takes the boards
   */
  public BoardsDialog(Scene owner, BoardsViewModel model) {
    this.model = model;
    this.form = new BoardsForm(model.last());
    grid.setHgap(6);
    grid.setVgap(5);
    for (double width : WIDTHS) {
      ColumnConstraints column = new ColumnConstraints(width);
      column.setHalignment(HPos.LEFT);
      grid.getColumnConstraints().add(column);
    }
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().addAll("plain", "board-lines");
    scroll.setMaxHeight(LINES_HEIGHT);
    Button add = new Button("Add a kind of board", new FontIcon(MaterialDesignP.PLUS));
    add.setId("board-add");
    add.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
    add.setTooltip(Widgets.tooltip("Also: Down in the last line."));
    add.setOnAction(event -> focus(form.lines().indexOf(form.add()), BoardField.COUNT));
    VBox content =
        new VBox(
            10,
            Widgets.wrapped(
                "For boards you do not have. Their layers take what their rates say, for whatever"
                    + " network is chosen; all figures then say that they are typed in, not"
                    + " measured. The first board is device A.",
                "caption"),
            scroll,
            Widgets.row(8, add, Widgets.space(), count),
            network());
    content.setPrefWidth(WIDTH);
    sheet = new ModalSheet(owner, "Type in boards", "Plan for these boards", content);
    sheet.onAccept(this::accept);
    form.lines().addListener((ListChangeListener<BoardLine>) change -> rebuild());
    rebuild();
  }

  private HBox network() {
    return Widgets.row(
        10,
        Widgets.field(
            "Network between them, Mbit/s", text("boards-link", "1000", form.rateProperty())),
        Widgets.field("Delay, ms", text("boards-delay", "0", form.delayProperty())),
        Widgets.field(
            "Name, to find them again",
            text("boards-name", "such as lab bench", form.nameProperty())));
  }

  private TextField text(String id, String prompt, StringProperty property) {
    TextField field = new TextField();
    field.setId(id);
    field.setPromptText(prompt);
    field.textProperty().bindBidirectional(property);
    field.textProperty().addListener((o, was, is) -> sheet.showError(""));
    return field;
  }

  private void rebuild() {
    grid.getChildren().clear();
    shown.clear();
    BoardField[] fields = BoardField.values();
    for (int column = 0; column < fields.length; column++) {
      Label title = Widgets.fixed(fields[column].title(), "caption");
      title.setTooltip(Widgets.tooltip(fields[column].explanation()));
      grid.add(title, column, 0);
    }
    for (int i = 0; i < form.lines().size(); i++) {
      line(i);
    }
    tell();
  }

  private void line(int index) {
    BoardLine line = form.lines().get(index);
    int row = 1 + 2 * index;
    Map<BoardField, TextField> fields = new EnumMap<>(BoardField.class);
    Label problem = Widgets.wrapped("", "field-problem");
    problem.setId("board-%d-problem".formatted(index));
    problem.managedProperty().bind(problem.visibleProperty());
    problem.setVisible(false);
    for (BoardField field : BoardField.values()) {
      TextField text = new TextField();
      text.setId("board-%d-%s".formatted(index, field.id()));
      text.setPromptText(index == 0 || field == BoardField.COUNT ? field.example() : "");
      text.setTooltip(Widgets.tooltip(field.explanation()));
      text.setAccessibleText(field.title() + ". " + field.explanation());
      text.textProperty().bindBidirectional(line.text(field));
      text.textProperty().addListener((o, was, is) -> typed(index));
      text.setOnKeyPressed(
          event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.UP) {
              step(index, field, event.getCode() == KeyCode.DOWN ? 1 : -1);
              event.consume();
            }
          });
      fields.put(field, text);
      grid.add(text, field.ordinal(), row);
    }
    Button remove = Widgets.iconButton(MaterialDesignC.CLOSE, "Take this kind of board out");
    remove.setId("board-%d-remove".formatted(index));
    remove.setFocusTraversable(false);
    remove.setOnAction(event -> form.remove(line));
    grid.add(remove, fields.size(), row);
    grid.add(problem, 0, row + 1, fields.size(), 1);
    shown.add(new Shown(fields, problem));
    typed(index);
  }

  private void typed(int index) {
    if (index >= shown.size()) {
      return; // while a line is built
    }
    check(index);
    sheet.showError("");
    tell();
  }

  /** Marks the fields of a line that are wrong, and says what is wrong with the first. */
  private Optional<BoardField> check(int index) {
    BoardLine line = form.lines().get(index);
    Shown on = shown.get(index);
    Optional<BoardField> first = Optional.empty();
    for (BoardField field : BoardField.values()) {
      boolean wrong = line.problem(field).isPresent();
      on.fields().get(field).pseudoClassStateChanged(INVALID, wrong);
      if (wrong && first.isEmpty()) {
        first = Optional.of(field);
      }
    }
    on.problem().setText(first.flatMap(line::problem).orElse(""));
    on.problem().setVisible(first.isPresent());
    return first;
  }

  private void tell() {
    int boards = form.count();
    count.setText(boards == 0 ? "" : boards == 1 ? "1 board" : boards + " boards");
  }

  /** Goes to the same field of another line; below the last a new one begins. */
  private void step(int index, BoardField field, int by) {
    int wanted = index + by;
    if (wanted == form.lines().size() && !form.lines().get(index).blank()) {
      form.add();
    }
    focus(Math.max(0, Math.min(wanted, form.lines().size() - 1)), field);
  }

  private void focus(int index, BoardField field) {
    TextField text = shown.get(index).fields().get(field);
    Platform.runLater(
        () -> {
          text.requestFocus();
          double height = grid.getHeight() - scroll.getViewportBounds().getHeight();
          scroll.setVvalue(height <= 0 ? 0 : text.getBoundsInParent().getMinY() / height);
        });
  }

  private void accept() {
    BoardsForm.Answer answer = form.answer();
    if (answer.boards().isPresent()) {
      sheet.close();
      model.use(answer.boards().get());
      return;
    }
    sheet.showError(answer.problem());
    for (int i = 0; i < shown.size(); i++) {
      Optional<BoardField> wrong = check(i);
      if (wrong.isPresent()) {
        focus(i, wrong.get());
        return;
      }
    }
  }

  /** Shows the dialog. */
  public void show() {
    sheet.show();
    focus(0, BoardField.NAME);
  }
}
