/** The runs of this session. */
package org.edgeld.workbench.ui.runs;
