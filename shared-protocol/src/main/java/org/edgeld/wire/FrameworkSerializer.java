package org.edgeld.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryonet.FrameworkMessage;

/** KryoNet's own five messages: a number and a flag where they have one. */
final class FrameworkSerializer extends Serializer<Object> {
  @Override
  public void write(Kryo kryo, Output output, Object value) {
    if (value instanceof FrameworkMessage.RegisterTCP message) {
      output.writeVarInt(message.connectionID, false);
    } else if (value instanceof FrameworkMessage.RegisterUDP message) {
      output.writeVarInt(message.connectionID, false);
    } else if (value instanceof FrameworkMessage.Ping message) {
      output.writeVarInt(message.id, false);
      output.writeBoolean(message.isReply);
    }
  }

  @Override
  public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
    if (type == FrameworkMessage.RegisterTCP.class) {
      FrameworkMessage.RegisterTCP message = new FrameworkMessage.RegisterTCP();
      message.connectionID = input.readVarInt(false);
      return message;
    }
    if (type == FrameworkMessage.RegisterUDP.class) {
      FrameworkMessage.RegisterUDP message = new FrameworkMessage.RegisterUDP();
      message.connectionID = input.readVarInt(false);
      return message;
    }
    if (type == FrameworkMessage.Ping.class) {
      FrameworkMessage.Ping message = new FrameworkMessage.Ping();
      message.id = input.readVarInt(false);
      message.isReply = input.readBoolean();
      return message;
    }
    if (type == FrameworkMessage.KeepAlive.class) {
      return FrameworkMessage.keepAlive;
    }
    if (type == FrameworkMessage.DiscoverHost.class) {
      return new FrameworkMessage.DiscoverHost();
    }
    throw new KryoException("KryoNet has no message " + type.getSimpleName() + ".");
  }
}
