/** HTTP in blocking code: routes, errors, JSON, files, server-sent events, uploads. */
@NullMarked
package dev.plainweave.http;

import org.jspecify.annotations.NullMarked;
