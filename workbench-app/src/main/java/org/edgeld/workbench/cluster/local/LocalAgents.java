package org.edgeld.workbench.cluster.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.edgeld.agent.AgentMain;
import org.edgeld.agent.AgentProcess;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentStarter;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** The agent processes that this workbench started. Thread-safe. */
public final class LocalAgents implements AgentStarter {
  private static final String HOST = "127.0.0.1";
  private static final double MOST_SHARE_OF_A_TURN = 0.5; // steps wait for each other
  private static final double ROUNDING = 1e-9;

  private final Path keyFile;
  private final Path cacheDir;
  private final List<Process> processes = new ArrayList<>();
  private int started;
  private int turnsInUse;

  /**
   * @param keyFile the key that workbench and agents share
   * @param cacheDir where the agents keep weights
   */
  public LocalAgents(Path keyFile, Path cacheDir) {
    this.keyFile = keyFile;
    this.cacheDir = cacheDir;
  }

  @Override
  public List<AgentAddress> start(LocalClusterSpec spec, int discoveryPort, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    List<Process> fresh = new ArrayList<>();
    List<CompletableFuture<AgentAddress>> ready = new ArrayList<>();
    boolean complete = false;
    try {
      int cores = Runtime.getRuntime().availableProcessors();
      int firstTurn = firstTurn(spec, cores);
      List<Integer> turns = dealtTurns(spec, cores);
      for (int i = 0; i < spec.agents(); i++) {
        int turn = (firstTurn + turns.get(i)) % cores;
        Process process = AgentProcess.builder(options(spec, i, discoveryPort, turn)).start();
        synchronized (processes) {
          processes.add(process);
        }
        fresh.add(process);
        ready.add(readReady(process));
      }
      List<AgentAddress> addresses = new ArrayList<>();
      for (CompletableFuture<AgentAddress> agent : ready) {
        monitor.progress(
            "Starting agent %d of %d".formatted(addresses.size() + 1, spec.agents()),
            (double) addresses.size() / spec.agents());
        addresses.add(Futures.await(agent, monitor));
      }
      complete = true;
      return addresses;
    } catch (IOException e) {
      throw new ClusterException("A local agent cannot be started: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ClusterException(e.getCause().getMessage(), e.getCause());
    } finally {
      if (!complete) {
        stop(fresh);
      }
    }
  }

  /**
   * Returns how many agents may compute at the same time: as few as keep their shares, since cores
   * of one computer share its memory, and boards do not.
   */
  static int turns(LocalClusterSpec spec, int cores) {
    double shares =
        spec.emulations().stream()
            .mapToDouble(Emulation::cpuShare)
            .filter(share -> share < 1)
            .sum();
    return (int) Math.max(1, Math.min(Math.ceil(shares / MOST_SHARE_OF_A_TURN - ROUNDING), cores));
  }

  /** Returns for each agent with which others it takes turns: each joins those that want least. */
  static List<Integer> dealtTurns(LocalClusterSpec spec, int cores) {
    double[] shares = new double[turns(spec, cores)];
    List<Integer> dealt = new ArrayList<>();
    for (Emulation emulation : spec.emulations()) {
      int least = 0;
      for (int turn = 1; turn < shares.length; turn++) {
        least = shares[turn] < shares[least] - ROUNDING ? turn : least;
      }
      shares[least] += emulation.cpuShare() < 1 ? emulation.cpuShare() : 0;
      dealt.add(least);
    }
    return dealt;
  }

  /** Returns the first turn of a cluster: clusters of one workbench share one only if they must. */
  private int firstTurn(LocalClusterSpec spec, int cores) {
    if (spec.emulations().stream().allMatch(emulation -> emulation.cpuShare() == 1)) {
      return 0;
    }
    synchronized (processes) {
      int first = processes.isEmpty() ? 0 : turnsInUse;
      turnsInUse = first + turns(spec, cores);
      return first % cores;
    }
  }

  private List<String> options(LocalClusterSpec spec, int agent, int discoveryPort, int turn) {
    Emulation emulation = spec.emulation(agent);
    int number;
    synchronized (processes) {
      number = ++started;
    }
    List<String> options = new ArrayList<>();
    if (emulation.cpuShare() < 1) {
      // the same files for every workbench with this key
      options.add("--turn-file=" + keyFile.resolveSibling("core-" + turn + ".turn"));
    }
    Collections.addAll(
        options,
        "--name=local-" + number,
        "--port=0",
        "--bind=" + HOST,
        "--discovery-port=" + discoveryPort,
        "--key-file=" + keyFile,
        "--cache-dir=" + cacheDir,
        "--threads=" + spec.threads(),
        "--cpu-share=" + emulation.cpuShare(),
        "--link-mbps=" + emulation.linkBitsPerSecond() / 1e6,
        "--link-delay-ms=" + emulation.linkDelayNanos() / 1e6,
        "--memory-mb=" + emulation.memoryBytes() / 1e6,
        "--parent-pipe");
    return options;
  }

  /** Reads the process's output until it says that it is ready, and goes on so it never blocks. */
  private static CompletableFuture<AgentAddress> readReady(Process process) {
    CompletableFuture<AgentAddress> ready = new CompletableFuture<>();
    StringBuilder errors = new StringBuilder();
    Thread errorReader =
        reader(
            process.errorReader(StandardCharsets.UTF_8),
            line -> {
              synchronized (errors) {
                if (errors.length() < 4096) {
                  errors.append(line).append(' ');
                }
              }
            });
    Thread outputReader =
        new Thread(
            () -> {
              try (BufferedReader output =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                  if (line.startsWith(AgentMain.READY)) {
                    String port = line.substring(AgentMain.READY.length()).trim();
                    ready.complete(new AgentAddress(HOST, Integer.parseInt(port)));
                  }
                }
                errorReader.join();
              } catch (IOException e) {
                ready.completeExceptionally(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              synchronized (errors) {
                ready.completeExceptionally(
                    new ClusterException("A local agent did not start: " + errors));
              }
            },
            "local-agent-output");
    outputReader.setDaemon(true);
    outputReader.start();
    return ready;
  }

  private static Thread reader(BufferedReader lines, java.util.function.Consumer<String> consumer) {
    Thread thread =
        new Thread(
            () -> {
              try (lines) {
                lines.lines().forEach(consumer);
              } catch (IOException | java.io.UncheckedIOException e) {
                consumer.accept(e.getMessage());
              }
            },
            "local-agent-errors");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    List<Process> all;
    synchronized (processes) {
      all = List.copyOf(processes);
    }
    stop(all);
  }

  private void stop(List<Process> some) {
    some.forEach(Process::destroy);
    for (Process process : some) {
      try {
        if (!process.waitFor(3, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    synchronized (processes) {
      processes.removeAll(some);
    }
  }
}
