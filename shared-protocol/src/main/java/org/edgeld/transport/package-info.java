/**
 * Control plane over KryoNet, data plane over plain sockets, discovery over UDP, all authenticated
 * by one shared key. Nothing above this package knows which network library moves the bytes.
 */
package org.edgeld.transport;
