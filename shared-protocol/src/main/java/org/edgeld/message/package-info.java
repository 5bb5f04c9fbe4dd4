/**
 * What workbench and agents tell each other over the control plane; tensors, weights and
 * deployments travel over the data plane. Every message is a record, dispatched through a handler
 * with one method per message.
 */
package org.edgeld.message;
