/*
 * secret: passwords, made unreadable wherever a text is shown.
 */
#ifndef AUTOGEN_CLI_SECRET_H
#define AUTOGEN_CLI_SECRET_H

/* Overwrites with '*', in place: the password of a URL, and what follows `password =`, `passwd:`, …
 * One line or one word of a command line. */
void secret_mask(char *text);

#endif
