#ifndef CJOBLIB_SPAWN_H
#define CJOBLIB_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A program to start. All texts and tables belong to the caller.
typedef struct {
    const char *path;
    /// Ends with a null pointer; the first is the program's name.
    char *const *arguments;
    /// "NAME=value", ends with a null pointer.
    char *const *environment;
    /// Descriptors of ours and the numbers they get in the child; it gets no others.
    const int *descriptors;
    const int *numbers;
    size_t descriptor_count;
    bool own_group;
} joblib_spawn_request;

/// Starts a program: 0 and its process number, or an errno.
int joblib_spawn(const joblib_spawn_request *request, int *process);

/// How a process ended.
typedef struct {
    bool was_signalled;
    bool dumped_core;
    /// The exit code or the signal.
    int code;
} joblib_exit;

/// Waits for a child: 1 when it has ended, 0 when not (only without `block`), or a negative errno.
/// With `keep` it stays a zombie that can be waited for again.
int joblib_wait(int process, bool block, bool keep, joblib_exit *exit);

/// A descriptor that becomes readable when the process ends, or a negative errno (-ENOSYS: the system has none).
int joblib_process_descriptor(int process);

/// Ends this process (SIGKILL) when the thread that started it ends, on Darwin when that process does: posix_spawn
/// cannot ask for that, so the child does, early. False when the parent is gone already, or is not `parent`.
bool joblib_end_with_parent(int parent);

#endif
