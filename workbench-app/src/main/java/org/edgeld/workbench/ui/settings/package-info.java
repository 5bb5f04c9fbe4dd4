/** What the window remembers from one start to the next. */
package org.edgeld.workbench.ui.settings;
