package org.edgeld.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.wire.ProtocolVersion;
import org.edgeld.wire.WireFormatException;

/**
 * How a data connection opens: both sides prove with fresh nonces that they have the key, and the
 * purpose is under the codes. Numbers are little-endian.
 *
 * <pre>
 * dialler  → hello     = magic:int32 "ELDH"  version:int32  purpose  nonceD:32 bytes
 * acceptor → challenge = magic:int32 "ELDH"  version:int32  nonceA:32 bytes
 * dialler  → proof     = HMAC(key, "edgeld data dialler", hello, challenge)
 * acceptor → verdict   = status:int32  code:32 bytes  reasonBytes:int32  reason:UTF-8
 * purpose  = kind:int32 (1 session, 2 peer, 3 probe)  id:int64  device:int32
 * status   = 0 open | 1 wrong key | 2 not wanted, with a reason
 * code     = HMAC(key, "edgeld data acceptor", hello, challenge), zeros after a wrong key
 * </pre>
 */
final class DataHandshake {
  private static final int MAGIC = 0x48444c45; // "ELDH"
  private static final int PURPOSE_BYTES = 16;
  private static final int HELLO_BYTES = 8 + PURPOSE_BYTES + SharedKey.CODE_BYTES;
  private static final int CHALLENGE_BYTES = 8 + SharedKey.CODE_BYTES;
  private static final int VERDICT_BYTES = 8 + SharedKey.CODE_BYTES;
  private static final int MAX_REASON_BYTES = 1000;

  private static final int SESSION = 1;
  private static final int PEER = 2;
  private static final int PROBE = 3;

  private static final int OPEN = 0;
  private static final int WRONG_KEY = 1;
  private static final int NOT_WANTED = 2;

  private static final String DIALLER = "edgeld data dialler";
  private static final String ACCEPTOR = "edgeld data acceptor";

  private DataHandshake() {}

  /** What an acceptor knows of a dialler that has the key. */
  record Dialler(ConnectionPurpose purpose, byte[] code) {}

  /** Opens the connection from the dialling side. */
  static void dial(
      Socket socket, String address, SharedKey key, ConnectionPurpose purpose, Deadline deadline)
      throws IOException {
    byte[] hello = hello(purpose);
    byte[] challenge;
    try {
      socket.getOutputStream().write(hello);
      challenge = deadline.read(socket, CHALLENGE_BYTES);
    } catch (IOException e) {
      throw new UnreachableException(address, e);
    }
    ByteBuffer in = littleEndian(challenge);
    if (in.getInt() != MAGIC) {
      throw new UnreachableException(address, new WireFormatException("No data plane is there."));
    }
    int version = in.getInt();
    if (version != ProtocolVersion.CURRENT) {
      throw new ProtocolMismatchException(address, version, ProtocolVersion.CURRENT);
    }
    socket.getOutputStream().write(key.code(DIALLER, hello, challenge));
    verdict(socket, address, key.code(ACCEPTOR, hello, challenge), deadline);
  }

  private static void verdict(Socket socket, String address, byte[] expected, Deadline deadline)
      throws IOException {
    try {
      ByteBuffer verdict = littleEndian(deadline.read(socket, VERDICT_BYTES));
      int status = verdict.getInt();
      byte[] code = new byte[SharedKey.CODE_BYTES];
      verdict.get(code);
      int reasonBytes = verdict.getInt();
      if (status == WRONG_KEY || !SharedKey.sameCode(expected, code)) {
        throw new WrongKeyException(address);
      }
      if (reasonBytes < 0 || reasonBytes > MAX_REASON_BYTES) {
        throw new WireFormatException("A refusal claims " + reasonBytes + " bytes.");
      }
      if (status != OPEN) {
        String reason = new String(deadline.read(socket, reasonBytes), StandardCharsets.UTF_8);
        throw new RefusedException(address, reason);
      }
    } catch (ConnectFailedException e) {
      throw e;
    } catch (IOException e) {
      throw new ConnectFailedException(
          address + " does not complete the handshake. Maybe it is overloaded or just ended.", e);
    }
  }

  /**
   * Hears a dialler out on the accepting side.
   *
   * @throws WrongKeyException if its key is another one; it has been told
   */
  static Dialler challenge(Socket socket, String address, SharedKey key, Deadline deadline)
      throws IOException {
    byte[] hello = deadline.read(socket, HELLO_BYTES);
    ByteBuffer in = littleEndian(hello);
    if (in.getInt() != MAGIC) {
      throw new WireFormatException(address + " does not speak the data plane's protocol.");
    }
    int version = in.getInt();
    byte[] challenge =
        ByteBuffer.allocate(CHALLENGE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(ProtocolVersion.CURRENT)
            .put(SharedKey.nonce())
            .array();
    socket.getOutputStream().write(challenge);
    if (version != ProtocolVersion.CURRENT) {
      throw new ProtocolMismatchException(address, version, ProtocolVersion.CURRENT);
    }
    byte[] proof = deadline.read(socket, SharedKey.CODE_BYTES);
    if (!SharedKey.sameCode(proof, key.code(DIALLER, hello, challenge))) {
      answer(socket, WRONG_KEY, new byte[SharedKey.CODE_BYTES], "");
      throw new WrongKeyException(address);
    }
    return new Dialler(purpose(in), key.code(ACCEPTOR, hello, challenge));
  }

  /** Tells a dialler that the connection is open. */
  static void accept(Socket socket, Dialler dialler) throws IOException {
    answer(socket, OPEN, dialler.code(), "");
  }

  /** Tells a dialler why its connection is not wanted. */
  static void refuse(Socket socket, Dialler dialler, String reason) throws IOException {
    answer(socket, NOT_WANTED, dialler.code(), reason);
  }

  private static void answer(Socket socket, int status, byte[] code, String reason)
      throws IOException {
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOf(utf8, Math.min(utf8.length, MAX_REASON_BYTES));
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(VERDICT_BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(status)
                .put(code)
                .putInt(text.length)
                .put(text)
                .array());
  }

  private static byte[] hello(ConnectionPurpose purpose) {
    ByteBuffer out =
        ByteBuffer.allocate(HELLO_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(ProtocolVersion.CURRENT);
    if (purpose instanceof ConnectionPurpose.Session session) {
      out.putInt(SESSION).putLong(session.session()).putInt(0);
    } else if (purpose instanceof ConnectionPurpose.Peer peer) {
      out.putInt(PEER).putLong(peer.deployment().value()).putInt(peer.from().index());
    } else {
      out.putInt(PROBE).putLong(0).putInt(0);
    }
    return out.put(SharedKey.nonce()).array();
  }

  private static ConnectionPurpose purpose(ByteBuffer in) throws WireFormatException {
    int kind = in.getInt();
    long id = in.getLong();
    int device = in.getInt();
    if (kind == PEER && device < 0) {
      throw new WireFormatException("A peer says it is device " + device + ".");
    }
    return switch (kind) {
      case SESSION -> new ConnectionPurpose.Session(id);
      case PEER -> new ConnectionPurpose.Peer(new DeploymentId(id), new DeviceId(device));
      case PROBE -> new ConnectionPurpose.LinkProbe();
      default -> throw new WireFormatException("No connection has the purpose " + kind + ".");
    };
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
