/** The runnable jar: a chat room, a live board, a storm to try, echo endpoints and a slow handler on one server. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery;
