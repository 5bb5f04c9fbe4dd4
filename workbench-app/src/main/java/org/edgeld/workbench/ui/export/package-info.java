/** Writing what was measured to files. */
package org.edgeld.workbench.ui.export;
