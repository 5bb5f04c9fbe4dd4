package org.edgeld.workbench.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgeld.message.AgentInfo;
import org.edgeld.transport.Discovery;
import org.edgeld.transport.SharedKey;
import org.edgeld.wire.ProtocolVersion;
import org.edgeld.workbench.cluster.KnownAgent.Source;
import org.edgeld.workbench.cluster.KnownAgent.Status;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one list of agents out of discovery, addresses added by hand and agents started here. An
 * agent that is known by several ways is listed once.
 */
public final class DefaultAgentDirectory implements AgentDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultAgentDirectory.class);
  private static final Duration ANSWER_TIME = Duration.ofMillis(600);
  private static final long WATCH_SECONDS = 2;

  /** A busy agent may miss one question. */
  private static final int LOOKS_UNTIL_OFFLINE = 2;

  private final SharedKey key;
  private final int discoveryPort;
  private final AgentStarter localAgents;
  private final Map<String, KnownAgent> known = new LinkedHashMap<>();

  /** By agent id, for agents that ever answered: how often they have not answered since. */
  private final Map<String, Integer> missedLooks = new HashMap<>();

  private final Set<AgentAddress> localAddresses = new LinkedHashSet<>();

  /** Ids of local agents that are gone: an answer of theirs may still have been under way. */
  private final Set<String> stopped = new LinkedHashSet<>();

  private final List<Consumer<List<KnownAgent>>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-directory");
            thread.setDaemon(true);
            return thread;
          });
  private List<KnownAgent> lastTold = List.of();

  /**
   * @param key shared with the agents
   * @param discoveryPort first discovery port
   * @param localAgents starts agents here
   */
  public DefaultAgentDirectory(SharedKey key, int discoveryPort, AgentStarter localAgents) {
    this.key = key;
    this.discoveryPort = discoveryPort;
    this.localAgents = localAgents;
  }

  @Override
  public synchronized List<KnownAgent> agents() {
    return known.values().stream()
        .sorted(
            Comparator.comparing((KnownAgent agent) -> naturalOrder(agent.name()))
                .thenComparing(agent -> agent.address().toString()))
        .toList();
  }

  /** Pads numbers so that {@code local-10} comes behind {@code local-9}. */
  private static String naturalOrder(String name) {
    StringBuilder padded = new StringBuilder();
    java.util.regex.Matcher parts = java.util.regex.Pattern.compile("\\d+|\\D+").matcher(name);
    while (parts.find()) {
      String part = parts.group();
      boolean number = Character.isDigit(part.charAt(0));
      padded.append(number ? "0".repeat(Math.max(0, 12 - part.length())) + part : part);
    }
    return padded.toString();
  }

  @Override
  public void onChange(Consumer<List<KnownAgent>> listener) {
    listeners.add(listener);
  }

  @Override
  public void startWatching() {
    var unused =
        background.scheduleWithFixedDelay(
            () -> {
              try {
                look();
              } catch (ClusterException e) {
                LOG.debug("Looking for agents failed", e);
              }
            },
            0,
            WATCH_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public List<KnownAgent> discover(JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    look();
    monitor.checkCancelled();
    return agents();
  }

  /** Asks around and merges the answers into what is known. */
  private void look() throws ClusterException {
    List<Discovery.Found> answers;
    try {
      answers = Discovery.find(discoveryPort, Discovery.DEFAULT_RANGE, ANSWER_TIME);
    } catch (IOException e) {
      throw new ClusterException(
          "Looking for agents is not possible: %s. Maybe add them by host:port."
              .formatted(e.getMessage()),
          e);
    }
    synchronized (this) {
      Set<String> answered = new LinkedHashSet<>();
      for (Discovery.Found answer : answers) {
        AgentInfo info = answer.info();
        if (stopped.contains(info.agentId())) {
          continue;
        }
        answered.add(info.agentId());
        KnownAgent before = known.get(info.agentId());
        AgentAddress address =
            before != null && before.source() != Source.DISCOVERED
                ? before.address()
                : new AgentAddress(answer.host(), info.controlPort());
        put(address, info, before == null ? Source.DISCOVERED : before.source());
      }
      answered.forEach(id -> missedLooks.put(id, 0));
      missedLooks.replaceAll((id, missed) -> answered.contains(id) ? 0 : missed + 1);
      for (KnownAgent agent : List.copyOf(known.values())) {
        String id = agent.info().map(AgentInfo::agentId).orElse("");
        if (missedLooks.getOrDefault(id, 0) >= LOOKS_UNTIL_OFFLINE) {
          known.put(
              id,
              new KnownAgent(
                  agent.address(),
                  agent.info(),
                  Status.OFFLINE,
                  agent.source(),
                  "It no longer answers. Maybe it was stopped or its link is cut."));
        }
      }
    }
    tellListeners();
  }

  private void put(AgentAddress address, AgentInfo info, Source source) {
    Status status = info.busy() ? Status.BUSY : Status.READY;
    String detail = info.busy() ? "A run is using it." : "";
    if (info.protocolVersion() != ProtocolVersion.CURRENT) {
      status = Status.REFUSED;
      detail =
          "It speaks protocol version %d, this workbench %d. Maybe update the older one."
              .formatted(info.protocolVersion(), ProtocolVersion.CURRENT);
    }
    Source kept = localAddresses.contains(address) ? Source.LOCAL : source;
    known.put(info.agentId(), new KnownAgent(address, Optional.of(info), status, kept, detail));
  }

  @Override
  public KnownAgent add(AgentAddress address) throws ClusterException {
    AgentInfo info;
    try (AgentConnection connection = AgentConnection.open(address, key)) {
      info = connection.info();
    }
    synchronized (this) {
      put(address, info, Source.ADDED);
    }
    tellListeners();
    return find(info);
  }

  private synchronized KnownAgent find(AgentInfo info) {
    return known.get(info.agentId());
  }

  @Override
  public void remove(AgentAddress address) {
    synchronized (this) {
      known.values().removeIf(agent -> agent.address().equals(address));
    }
    tellListeners();
  }

  @Override
  public List<KnownAgent> startLocal(LocalClusterSpec spec, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    List<AgentAddress> addresses = localAgents.start(spec, discoveryPort, monitor);
    List<KnownAgent> agents = new ArrayList<>();
    for (AgentAddress address : addresses) {
      synchronized (this) {
        localAddresses.add(address);
      }
      agents.add(add(address));
    }
    return agents;
  }

  @Override
  public void stopLocal() {
    localAgents.close();
    synchronized (this) {
      known.forEach(
          (id, agent) -> {
            if (localAddresses.contains(agent.address())) {
              stopped.add(id);
            }
          });
      known.keySet().removeAll(stopped);
      localAddresses.clear();
    }
    tellListeners();
  }

  private void tellListeners() {
    List<KnownAgent> now = agents();
    synchronized (this) {
      if (now.equals(lastTold)) {
        return;
      }
      lastTold = now;
    }
    listeners.forEach(listener -> listener.accept(now));
  }

  @Override
  public void close() {
    background.shutdownNow();
    localAgents.close();
  }
}
