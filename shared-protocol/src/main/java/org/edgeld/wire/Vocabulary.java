package org.edgeld.wire;

import com.esotericsoftware.kryonet.FrameworkMessage;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Message;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.Deployment;

/** What may arrive at some place; anything else is refused before its content is read. */
public enum Vocabulary {
  /** A control connection before authentication. */
  HANDSHAKE {
    @Override
    boolean admits(Class<?> type) {
      return FrameworkMessage.class.isAssignableFrom(type)
          || Authentication.class.isAssignableFrom(type);
    }
  },
  /** A control connection after authentication. */
  CONTROL {
    @Override
    boolean admits(Class<?> type) {
      return HANDSHAKE.admits(type) || Message.class.isAssignableFrom(type);
    }
  },
  /** A discovery datagram. */
  DISCOVERY {
    @Override
    boolean admits(Class<?> type) {
      return type == FrameworkMessage.DiscoverHost.class || type == AgentInfo.class;
    }
  },
  /** A blob. */
  BLOB {
    @Override
    boolean admits(Class<?> type) {
      return type == Deployment.class || type == ModelGraph.class;
    }
  };

  abstract boolean admits(Class<?> type);
}
