#ifndef CJOBLIB_INTERRUPT_H
#define CJOBLIB_INTERRUPT_H

/// From now on Ctrl-C (SIGINT) writes a byte to this descriptor, the first time; the second time it ends the program.
/// 0, or a negative errno.
int joblib_watch_interrupt(int descriptor);

/// Ctrl-C does again what it did before.
void joblib_unwatch_interrupt(void);

#endif
