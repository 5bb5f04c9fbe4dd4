package org.edgeld.workbench.ui.boards;

import java.util.List;
import javafx.collections.ObservableList;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** What was used before, as items of a menu: choose one to plan for it again. */
public final class RecentMenu {
  private static final String ID = "recent-";

  private RecentMenu() {}

  /** Puts the profiles behind the other items of a menu, in place of those that it had. */
  public static void fill(ObservableList<MenuItem> items, BoardsViewModel model) {
    items.removeIf(item -> item.getId() != null && item.getId().startsWith(ID));
    if (model.recent().isEmpty()) {
      return;
    }
    SeparatorMenuItem line = new SeparatorMenuItem();
    line.setId(ID + "line");
    items.add(line);
    Menu forget = new Menu("Forget");
    forget.setId(ID + "forget");
    List<RecentProfile> profiles = List.copyOf(model.recent());
    for (int i = 0; i < profiles.size(); i++) {
      RecentProfile profile = profiles.get(i);
      items.add(item(profile, ID + i, () -> model.use(profile)));
      forget.getItems().add(item(profile, ID + "forget-" + i, () -> model.forget(profile)));
    }
    items.add(forget);
  }

  private static MenuItem item(RecentProfile profile, String id, Runnable action) {
    MenuItem item = new MenuItem("%s  (%s)".formatted(profile.title(), profile.detail()));
    item.setId(id);
    item.setMnemonicParsing(false);
    item.setOnAction(event -> action.run());
    return item;
  }
}
