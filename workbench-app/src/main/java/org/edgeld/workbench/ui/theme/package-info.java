/** Light and dark: style sheets, chart colours and the font, changed in one place. */
package org.edgeld.workbench.ui.theme;
