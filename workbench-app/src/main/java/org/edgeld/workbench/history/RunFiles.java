package org.edgeld.workbench.history;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.edgeld.workbench.image.TensorFiles;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.WholeFile;

/**
 * The files of one kept run.
 *
 * @param path the folder
 */
record RunFiles(Path path) {
  private static final int PICTURE_PIXELS = 160;

  /** Returns the head. */
  Path head() {
    return path.resolve("run.json");
  }

  /** Returns all frames and both traces. */
  Path frames() {
    return path.resolve("frames.json");
  }

  /** Returns the plan, which can be opened by itself. */
  Path plan() {
    return path.resolve("plan.json");
  }

  /** Returns the profile that the plan was predicted with. */
  Path profile() {
    return path.resolve("profile.json");
  }

  /** Returns what went into the network; missing for noise. */
  Path input() {
    return path.resolve("input.npy");
  }

  /** Returns what the input looks like; missing if it is no picture. */
  Path picture() {
    return path.resolve("picture.png");
  }

  /** Returns name and tags; missing if there are none. */
  Path notes() {
    return path.resolve("notes.json");
  }

  /** Writes everything but the notes and forces it to disk. */
  void write(KeptRun run) throws IOException {
    Files.createDirectory(path);
    PlannedRun planned = run.report().result().planned();
    String model = run.report().result().model();
    JsonFile.write(head(), HeadJson.of(run));
    JsonFile.write(frames(), FramesJson.of(run));
    PlanFile.write(plan(), model, SavedPlan.of(planned.plan(), planned.request()));
    ProfileFile.write(profile(), model, run.report().graph(), planned.request().profile());
    if (run.input().isPresent()) {
      TensorFiles.write(input(), List.of(run.input().get()));
    }
    if (run.picture().isPresent()) {
      writePicture(run.picture().get());
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        force(file);
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Writes a picture small: it is only looked at. */
  private void writePicture(BufferedImage picture) throws IOException {
    double scale =
        Math.min(1, (double) PICTURE_PIXELS / Math.max(picture.getWidth(), picture.getHeight()));
    int width = Math.max(1, (int) Math.round(scale * picture.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * picture.getHeight()));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(picture, 0, 0, width, height, null);
    g.dispose();
    WholeFile.write(picture(), out -> ImageIO.write(small, "png", out));
  }

  /** Returns what the input looks like; empty if it is no picture, or not a readable one. */
  Optional<BufferedImage> readPicture() {
    try {
      return Files.exists(picture())
          ? Optional.ofNullable(ImageIO.read(picture().toFile()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the figures are worth showing without it
    }
  }

  /** Removes the folder and all that is in it. */
  void remove() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(path);
  }
}
