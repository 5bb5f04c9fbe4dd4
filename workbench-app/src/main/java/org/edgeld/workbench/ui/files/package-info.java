/** Plans and profiles that were saved, opened again. */
package org.edgeld.workbench.ui.files;
