/**
 * How messages and blobs look as bytes: a protocol version, Kryo with pinned class numbers, and an
 * input that believes no length a peer claims. Every type that travels is listed once, in {@link
 * org.edgeld.wire.WireTypes}.
 */
package org.edgeld.wire;
