package org.edgeld.workbench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeld.message.AgentMessage.FrameDone;
import org.edgeld.message.AgentMessage.FrameReport;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.Precision;
import org.edgeld.transport.DataHeader.TensorData;

/** Gathers what one frame gives. Thread-safe. */
final class FrameCollector {
  private final ModelGraph graph;
  private final CompletableFuture<FrameDone> done = new CompletableFuture<>();
  private final CompletableFuture<Void> outputs = new CompletableFuture<>();
  private final List<CompletableFuture<FrameReport>> reports = new ArrayList<>();
  private final List<ByteBuffer> buffers = new ArrayList<>();
  private int missing;

  /**
   * @param graph the network
   * @param participants how many devices report
   */
  FrameCollector(ModelGraph graph, int participants) {
    this.graph = graph;
    List<TensorShape> shapes = graph.shapes();
    graph
        .outputs()
        .forEach(
            output ->
                buffers.add(
                    ByteBuffer.allocateDirect(shapes.get(output.index()).bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)));
    missing = buffers.size();
    for (int i = 0; i < participants; i++) {
      reports.add(new CompletableFuture<>());
    }
  }

  /** Completes when the head has every output. */
  CompletableFuture<FrameDone> done() {
    return done;
  }

  /** Completes when every output is here. */
  CompletableFuture<Void> outputs() {
    return outputs;
  }

  /** Complete when a device has done its part of the frame; per participating device. */
  List<CompletableFuture<FrameReport>> reports() {
    return reports;
  }

  /**
   * Says where an output goes.
   *
   * @throws IOException if the network has no such output
   */
  ByteBuffer destination(TensorData header) throws IOException {
    int index = graph.outputs().indexOf(header.slice().tensor());
    if (index < 0
        || header.precision() != Precision.FLOAT32
        || buffers.get(index).capacity() != header.payloadBytes()) {
      throw new IOException("The head sent " + header + ", which is no output of this frame.");
    }
    return buffers.get(index).duplicate().clear();
  }

  /** An output is in its place. */
  synchronized void received() {
    if (--missing == 0) {
      outputs.complete(null);
    }
  }

  /** Returns the outputs once they are here. */
  List<HostTensor> tensors() {
    List<TensorShape> shapes = graph.shapes();
    List<HostTensor> tensors = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      tensors.add(new HostTensor(shapes.get(graph.outputs().get(i).index()), buffers.get(i)));
    }
    return tensors;
  }
}
