#ifndef CJOBLIB_FAULTS_H
#define CJOBLIB_FAULTS_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The system calls that a test can make fail.
typedef enum __attribute__((enum_extensibility(closed))) {
    joblib_call_open,
    joblib_call_read,
    joblib_call_write,
    joblib_call_resize,
    joblib_call_reserve,
    joblib_call_memory,
    joblib_call_map,
    joblib_call_pair,
    joblib_call_send,
    joblib_call_receive,
    joblib_call_poll,
    joblib_call_spawn,
    joblib_call_watch,
    joblib_call_wait,
    joblib_call_duplicate,
    joblib_call_sleep,
    joblib_call_lock,
} joblib_call;

/// What is to happen to some calls of one kind.
typedef struct {
    joblib_call call;
    /// How many calls go through first.
    uint32_t skip;
    /// How many calls are changed then.
    uint32_t times;
    /// The errno they fail with; 0: they are made, but for at most `limit` bytes.
    int code;
    size_t limit;
} joblib_fault_rule;

/// How many threads have rules: the only thing a call looks at when no test runs.
extern uint32_t joblib_faults_armed;

/// Sets the calling thread's rules, which must live until they are replaced; none with a count of 0.
void joblib_set_faults(joblib_fault_rule *rules, size_t count);

/// The calling thread's rules, for a thread that works on its behalf. Null when there are none.
joblib_fault_rule *joblib_current_faults(size_t *count);

/// The part of `joblib_fault` that runs only during tests.
bool joblib_take_fault(joblib_call call, size_t *count);

/// True when this call has to fail, with errno set. Lowers `*count` for a call that has to fall short.
static inline bool joblib_fault(joblib_call call, size_t *count) {
    // Relaxed: the rules are the calling thread's own, so nothing is published by this word.
    if (__builtin_expect(__atomic_load_n(&joblib_faults_armed, __ATOMIC_RELAXED) == 0, 1)) {
        return false;
    }
    return joblib_take_fault(call, count);
}

#endif
