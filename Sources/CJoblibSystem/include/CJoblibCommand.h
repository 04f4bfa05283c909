#ifndef CJOBLIB_COMMAND_H
#define CJOBLIB_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A command of a user's to start, thousands of times a second: nothing is set up that the child does not need.
typedef struct {
    /// The path of the file to run, then the arguments, the first of which is the command's name: each with its zero.
    const char *texts;
    /// Of all of them, in bytes.
    size_t length;
    size_t count;
    /// "NAME=value", ends with a null pointer.
    char *const *environment;
    /// What the child reads. Above 2.
    int input;
    /// Added to the niceness of this process.
    int niceness;
    /// Where the process group is noted for the guard; no other command that runs may have it.
    size_t slot;
} joblib_command;

/// A command that runs.
typedef struct {
    int process;
    /// Becomes readable when the process ends; -1 where the system has no such thing.
    int ending;
    /// The reading ends of two pipes, which never wait.
    int output;
    int error;
} joblib_command_handle;

/// Starts a command in a process group of its own: 0, or the errno with which there is no process. One thread at a time.
///
/// Whether the process has become the command is known when it has ended: `joblib_command_failure`.
int joblib_command_start(const joblib_command *command, joblib_command_handle *handle);

/// Whether commands may be started with this niceness, added to ours: 0 or an errno.
int joblib_command_check_niceness(int niceness);

/// Why a process that has ended was never its command, an errno; 0 if it was.
int joblib_command_failure(size_t slot);

/// Makes room for `slots` commands, and starts a process that ends them if this one is gone, however it ended. 0 or an errno.
int joblib_command_prepare(size_t slots);

/// Forgets the process group of a slot: its command has ended.
void joblib_command_forget(size_t slot);

/// Tells the guard that all is well, and waits until it has gone.
void joblib_command_guard_end(void);

/// Sends a signal to a process group; false when there is nobody left in it.
bool joblib_signal_group(int group, int number);

/// Whether a command has been stopped since the last call because it wanted to read from the terminal, or to change it: its group
/// is in the background and would wait for ever.
bool joblib_command_wants_terminal(int process);

/// From now on SIGINT, SIGTERM and SIGHUP, where they were not ignored, write their number to this descriptor. Calls that wait
/// are interrupted. 0, or a negative errno.
int joblib_watch_signals(int descriptor);

/// Opens /dev/null at those of the numbers 0 to 2 that are closed, so that no other file gets them.
void joblib_fill_standard_descriptors(void);

/// How many descriptors this process may have open. Not raised: children would inherit that.
int64_t joblib_descriptor_limit(void);

/// Whether a path leads to a file that may be run.
bool joblib_is_executable(const char *path);

#endif
