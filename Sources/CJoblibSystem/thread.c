#include "CJoblibSystem.h"

#include <time.h>

uint64_t joblib_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Swift has no thread-local variables of its own.
static _Thread_local void *slot;

void *joblib_thread_slot(void) {
    return slot;
}

void joblib_set_thread_slot(void *value) {
    slot = value;
}
