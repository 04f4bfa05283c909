#define _GNU_SOURCE
#include "CJoblibSystem.h"
#include "CJoblibBacktrace.h"
#include "CJoblibThreads.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
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

uintptr_t joblib_thread_identity(void) {
    static _Thread_local char place;
    return (uintptr_t)&place;
}

struct start {
    void (*body)(void *);
    void *context;
    char name[16];
};

// The name tells a traceback where the program's own functions end.
static void *joblib_thread_run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    // A debugger, a profiler and `top -H` show the name.
#if defined(__APPLE__)
    pthread_setname_np(start.name);
#elif defined(__linux__)
    pthread_setname_np(pthread_self(), start.name);
#endif
    joblib_crash_prepare_thread();
    start.body(start.context);
    return NULL;
}

int joblib_thread_start(const char *name, size_t stack_size, void (*body)(void *), void *context) {
    struct start *start = malloc(sizeof(*start));
    if (start == NULL) {
        return ENOMEM;
    }
    start->body = body;
    start->context = context;
    strncpy(start->name, name, sizeof(start->name) - 1);
    start->name[sizeof(start->name) - 1] = 0;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, stack_size);
    pthread_t thread;
    int error = pthread_create(&thread, &attributes, joblib_thread_run, start);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        free(start);
    }
    return error;
}

void joblib_yield(void) {
    sched_yield();
}
