#ifndef CJOBLIB_COMMAND_GUARD_H
#define CJOBLIB_COMMAND_GUARD_H

#include <stddef.h>

/// Makes room for the process groups of `slots` commands, and starts the guard: a process that waits until this one is gone,
/// however it ended, and then kills the groups that are noted. 0 or an errno.
int joblib_command_guard_start(size_t slots);

/// How many there is room for.
size_t joblib_command_slots(void);

/// Notes the group of a command that runs. Also called by the command itself before it is one: no call that may fail.
void joblib_command_note(size_t slot, int group);

#endif
