/**
 * The command line: options are parsed into plain records, which actions execute with the services
 * given to them. Results go to standard output, progress and the one sentence about a failure to
 * standard error.
 */
package org.edgeld.workbench.cli;
