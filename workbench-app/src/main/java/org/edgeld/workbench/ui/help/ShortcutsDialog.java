package org.edgeld.workbench.ui.help;

import javafx.scene.Scene;
import javafx.scene.layout.GridPane;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Lists the keyboard shortcuts. */
public final class ShortcutsDialog {
  private static final double WIDTH = 600;

  private static final String[][] SHORTCUTS = {
    {"Ctrl+O", "Open a model (.onnx), a saved plan or a saved profile"},
    {"Ctrl+I", "How pictures become the input of an opened model"},
    {"Ctrl+R", "Run: the plan and both baselines"},
    {"Ctrl+Shift+R", "Sweep: measure many configurations, and back"},
    {"Ctrl+Space", "On the page of sweeps: pause, continue"},
    {"Ctrl+R, Ctrl+O, Ctrl+S", "On the page of sweeps: begin or go on, open, save the sweep"},
    {"Esc", "Cancel what is under way"},
    {"Ctrl+E", "Export the marked runs as CSV"},
    {"Ctrl+S, Ctrl+Shift+S", "Save the plan, save the profile"},
    {"Ctrl+L", "Start a local cluster"},
    {"Ctrl+B", "Type in boards you do not have"},
    {"Ctrl+P", "Profile the agents for the chosen model"},
    {"Ctrl+T", "Refine: time the plan's own steps and plan again"},
    {"Ctrl+D", "Light or dark"},
    {"Ctrl+K", "Compare the plans of all strategies"},
    {"Ctrl+1 … Ctrl+4", "Partition map, layers as a table, as a graph, comparison"},
    {"Ctrl++, Ctrl+−, Ctrl+0", "Enlarge, reduce or fit map or graph"},
    {"Arrows", "Select the next layer in table or graph"},
    {"Ctrl+C", "Copy the selected rows of the table"},
    {"Ctrl+Shift+A", "Run the marked run again, with the same plan and seed"},
    {"Ctrl+F", "Look for runs by name, tag, network or strategy"},
    {"F2, Del", "Name and tag the marked runs, delete them"},
    {"Enter", "Compare the marked runs"},
    {"F5", "Look for agents, and for runs of other windows"},
    {"F1", "This list"},
  };

  private ShortcutsDialog() {}

  /** Shows the list above a window. */
  public static void show(Scene owner) {
    GridPane grid = new GridPane();
    grid.setHgap(18);
    grid.setVgap(7);
    grid.setPrefWidth(WIDTH);
    for (int row = 0; row < SHORTCUTS.length; row++) {
      grid.add(Widgets.fixed(SHORTCUTS[row][0], "key"), 0, row);
      grid.add(Widgets.fixed(SHORTCUTS[row][1], "value"), 1, row);
    }
    new ModalSheet(owner, "Keyboard shortcuts", "", grid).show();
  }
}
