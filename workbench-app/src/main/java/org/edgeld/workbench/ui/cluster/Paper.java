package org.edgeld.workbench.ui.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.words.Figures;

/** Devices that are planned for, in place of agents, without being there. */
public sealed interface Paper {
  /** Returns what to call them. */
  String title();

  /** Returns their names, in the order of device letters. */
  List<String> names();

  /** Returns what each of them is, in few words. */
  List<String> details();

  /** Returns their profile of a network; empty if they have none of it. */
  Optional<ClusterProfile> profile(ModelGraph graph);

  /** Returns why there is no profile of another network, in a sentence. */
  String missing(String model);

  /**
   * Boards whose rates are typed in: they have a profile of every network.
   *
   * @param boards as they were typed
   */
  record Typed(TypedBoards boards) implements Paper {
    private static final double ROUNDED = 1000;

    @Override
    public String title() {
      return boards.title();
    }

    @Override
    public List<String> names() {
      return boards.boards().stream().map(Board::name).toList();
    }

    @Override
    public List<String> details() {
      return boards.boards().stream().map(Typed::rates).toList();
    }

    private static String rates(Board board) {
      List<String> words = new ArrayList<>();
      words.add(plain(board.flopsPerSecond() / 1e9) + " GFLOP/s");
      if (Double.isFinite(board.bytesPerSecond())) {
        words.add(plain(board.bytesPerSecond() / 1e9) + " GB/s");
      }
      if (board.memoryBytes() > 0) {
        words.add(plain(board.memoryBytes() / 1e9) + " GB");
      }
      if (board.overheadNanos() > 0) {
        words.add(plain(board.overheadNanos() / 1e3) + " µs");
      }
      return String.join(" · ", words);
    }

    private static String plain(double value) {
      return Figures.plain(Math.rint(value * ROUNDED) / ROUNDED);
    }

    @Override
    public Optional<ClusterProfile> profile(ModelGraph graph) {
      return Optional.of(boards.profile(graph));
    }

    @Override
    public String missing(String model) {
      throw new IllegalStateException("Typed boards have a profile of every network.");
    }
  }

  /**
   * Devices of a saved profile.
   *
   * @param title its name, or its file's
   * @param model id of the network that it is of
   * @param graph the network
   * @param measured the profile
   */
  record Saved(String title, String model, ModelGraph graph, ClusterProfile measured)
      implements Paper {
    @Override
    public List<String> names() {
      return measured.devices().stream().map(device -> device.info().name()).toList();
    }

    @Override
    public List<String> details() {
      return measured.devices().stream().map(device -> device.info().processor()).toList();
    }

    @Override
    public Optional<ClusterProfile> profile(ModelGraph wanted) {
      return graph.equals(wanted) ? Optional.of(measured) : Optional.empty();
    }

    @Override
    public String missing(String wanted) {
      return "The profile %s is of %s with an input of %s, and says nothing of this network. Maybe choose that, or plan for the agents again."
          .formatted(title, model, graph.input());
    }
  }
}
