/**
 * Profiles as files, so that a cluster is measured once and planned for again and again, also when
 * it is gone. A file is read strictly and checked against the model and the agents it is used for.
 */
package org.edgeld.workbench.profilefile;
