/**
 * Boards that nobody needs to own: typed in, kept by name beside saved profiles, and planned for in
 * place of agents.
 */
package org.edgeld.workbench.ui.boards;
