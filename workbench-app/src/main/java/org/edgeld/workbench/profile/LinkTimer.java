package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.edgeld.message.AgentMessage.InterfaceProfile;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.program.PeerAddress;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentConnection.Pending;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Has agents measure every link between them, and what their interfaces carry over all of them. */
final class LinkTimer {
  /** What came before links, as a part of the whole profile. */
  private static final double BEFORE = 0.8;

  private static final double FRAME_SECONDS = 5e-3;
  private static final int LEAST_FRAME_BYTES = 1 << 11;
  private static final int MOST_FRAME_BYTES = 1 << 18;

  private final List<AgentConnection> connections;
  private final List<PeerAddress> addresses;
  private final JobMonitor monitor;
  private final int measurements;
  private int done;

  LinkTimer(AgentSessions sessions, JobMonitor monitor) {
    this.connections = sessions.connections();
    this.addresses = sessions.peerAddresses();
    this.monitor = monitor;
    int size = connections.size();
    this.measurements = Math.max(1, size * (size - 1) + size);
  }

  private void progress(String what) {
    monitor.progress(what, BEFORE + (1 - BEFORE) * done++ / measurements);
  }

  /** Measures one link after another. */
  List<List<LinkEstimate>> links() throws ExecutionException, JobCancelledException {
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int from = 0; from < connections.size(); from++) {
      List<LinkEstimate> row = new ArrayList<>();
      for (int to = 0; to < connections.size(); to++) {
        row.add(from == to ? LinkEstimate.SELF : link(from, to));
      }
      links.add(row);
    }
    return links;
  }

  private LinkEstimate link(int from, int to) throws ExecutionException, JobCancelledException {
    progress(
        "Measuring the link from %s to %s"
            .formatted(connections.get(from).name(), connections.get(to).name()));
    LinkProfile link = await(List.of(connections.get(from).probeLink(addresses.get(to)))).get(0);
    return Answered.link(connections.get(from).name(), link);
  }

  /**
   * Measures one interface after another: a device sends to all others at one time, then all others
   * send to it. Emulated interfaces are known, and that of two devices carry what their links do.
   */
  List<InterfaceEstimate> interfaces(List<List<LinkEstimate>> links)
      throws ExecutionException, JobCancelledException {
    List<InterfaceEstimate> interfaces = new ArrayList<>();
    for (int device = 0; device < connections.size(); device++) {
      InterfaceEstimate told = InterfaceEstimate.of(connections.get(device).info());
      boolean known = connections.size() < 3 || !told.equals(InterfaceEstimate.UNKNOWN);
      interfaces.add(known ? told : measured(device, links));
    }
    return interfaces;
  }

  private InterfaceEstimate measured(int device, List<List<LinkEstimate>> links)
      throws ExecutionException, JobCancelledException {
    progress("Measuring all links of %s at one time".formatted(connections.get(device).name()));
    int[] others = IntStream.range(0, connections.size()).filter(i -> i != device).toArray();
    double sends = 0;
    double receives = 0;
    for (int other : others) {
      sends = Math.max(sends, links.get(device).get(other).bitsPerSecond());
      receives = Math.max(receives, links.get(other).get(device).bitsPerSecond());
    }
    List<PeerAddress> peers = IntStream.of(others).mapToObj(addresses::get).toList();
    double all = bitsPerSecond(List.of(connections.get(device)), peers, sends);
    List<AgentConnection> senders = IntStream.of(others).mapToObj(connections::get).toList();
    double fromAll = bitsPerSecond(senders, List.of(addresses.get(device)), receives);
    return all == 0 || fromAll == 0
        ? InterfaceEstimate.UNKNOWN
        : new InterfaceEstimate(Math.max(sends, all), Math.max(receives, fromAll));
  }

  /** Returns what all senders send at one time together, 0 if one of them could not tell. */
  private double bitsPerSecond(
      List<AgentConnection> senders, List<PeerAddress> receivers, double fastest)
      throws ExecutionException, JobCancelledException {
    double bytes = fastest / 8 * FRAME_SECONDS;
    int frame = (int) Math.max(LEAST_FRAME_BYTES, Math.min(MOST_FRAME_BYTES, bytes));
    List<Pending<InterfaceProfile>> asked = new ArrayList<>();
    senders.forEach(sender -> asked.add(sender.probeInterface(receivers, frame)));
    double sum = 0;
    for (InterfaceProfile profile : await(asked)) {
      if (!Answered.isRate(profile.bitsPerSecond())) {
        return 0;
      }
      sum += profile.bitsPerSecond();
    }
    return sum;
  }

  private <T> List<T> await(List<Pending<T>> asked)
      throws ExecutionException, JobCancelledException {
    try {
      List<T> answers = new ArrayList<>();
      for (Pending<T> pending : asked) {
        answers.add(Futures.await(pending.answer(), monitor));
      }
      return answers;
    } catch (JobCancelledException | ExecutionException e) {
      asked.forEach(pending -> pending.cancel().run());
      throw e;
    }
  }
}
