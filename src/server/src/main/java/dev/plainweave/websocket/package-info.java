/** WebSocket sessions as blocking code. */
@NullMarked
package dev.plainweave.websocket;

import org.jspecify.annotations.NullMarked;
