#ifndef CJOBLIB_THREADS_H
#define CJOBLIB_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Starts a detached thread that calls `body(context)`. Returns 0 or an errno.
int joblib_thread_start(const char *name, size_t stack_size, void (*body)(void *), void *context);

/// A number that no other living thread of this process has.
uintptr_t joblib_thread_identity(void);

/// A mutex with a condition whose timed wait counts on the clock of `joblib_monotonic_nanoseconds`.
typedef struct joblib_monitor joblib_monitor;

joblib_monitor *joblib_monitor_create(void);
void joblib_monitor_destroy(joblib_monitor *monitor);
void joblib_monitor_lock(joblib_monitor *monitor);
void joblib_monitor_unlock(joblib_monitor *monitor);
void joblib_monitor_wait(joblib_monitor *monitor);
/// Returns false when the deadline passed without a signal.
bool joblib_monitor_wait_until(joblib_monitor *monitor, uint64_t deadline);
void joblib_monitor_signal(joblib_monitor *monitor);
void joblib_monitor_broadcast(joblib_monitor *monitor);

/// Lets another thread that is ready have the processor.
void joblib_yield(void);

#endif
