package org.edgeld.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgeld.workbench.cli.FakeWorkbench;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class WorkbenchMainTest {
  @TempDir Path home;

  @Test
  void noArgumentsOpenTheWindow() {
    List<Optional<LocalClusterSpec>> opened = new ArrayList<>();
    WorkbenchMain main =
        new WorkbenchMain(FakeWorkbench.services(() -> {}), (settings, local) -> opened.add(local));

    assertThat(main.run()).isZero();
    assertThat(opened).containsExactly(Optional.empty());
  }

  @Test
  void aKilledCommandReleasesItsAgentsFirst() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.edgeld.workbench.KillableWorkbench",
                "cluster",
                "start",
                "--agents",
                "2")
            .redirectErrorStream(true)
            .directory(new File(home.toString()))
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.startsWith("Running")) {
        line = output.readLine();
      }
      assertThat(line).isEqualTo("Running. Press Ctrl-C to stop.");
      process.toHandle().destroy(); // SIGTERM; unlike Process.destroy it leaves the streams open
      assertThat(output.readLine()).isEqualTo("released");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isNotZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void everythingLivesInOneFolderUnlessToldOtherwise() {
    WorkbenchSettings settings = WorkbenchSettings.ofHome(home);

    assertThat(settings.keyFile()).isEqualTo(home.resolve(".edgeld").resolve("key"));
    assertThat(settings.cacheDir()).isEqualTo(home.resolve(".edgeld").resolve("cache"));
    assertThat(home).isEmptyDirectory();
  }
}
