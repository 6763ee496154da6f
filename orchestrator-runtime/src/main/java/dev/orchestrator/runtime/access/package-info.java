/** Who may do what: users, tokens of service accounts, roles. */
@NullMarked
package dev.orchestrator.runtime.access;

import org.jspecify.annotations.NullMarked;
