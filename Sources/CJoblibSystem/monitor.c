#include "CJoblibSystem.h"
#include "CJoblibThreads.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct joblib_monitor {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
};

joblib_monitor *joblib_monitor_create(void) {
    joblib_monitor *monitor = malloc(sizeof(*monitor));
    if (monitor == NULL) {
        abort();
    }
    pthread_mutex_init(&monitor->mutex, NULL);
#if defined(__APPLE__)
    // Darwin has no clock attribute; its relative wait is used instead.
    pthread_cond_init(&monitor->condition, NULL);
#else
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&monitor->condition, &attributes);
    pthread_condattr_destroy(&attributes);
#endif
    return monitor;
}

void joblib_monitor_destroy(joblib_monitor *monitor) {
    pthread_cond_destroy(&monitor->condition);
    pthread_mutex_destroy(&monitor->mutex);
    free(monitor);
}

void joblib_monitor_lock(joblib_monitor *monitor) {
    pthread_mutex_lock(&monitor->mutex);
}

void joblib_monitor_unlock(joblib_monitor *monitor) {
    pthread_mutex_unlock(&monitor->mutex);
}

void joblib_monitor_wait(joblib_monitor *monitor) {
    pthread_cond_wait(&monitor->condition, &monitor->mutex);
}

bool joblib_monitor_wait_until(joblib_monitor *monitor, uint64_t deadline) {
#if defined(__APPLE__)
    uint64_t now = joblib_monotonic_nanoseconds();
    if (now >= deadline) {
        return false;
    }
    struct timespec left = {
        .tv_sec = (time_t)((deadline - now) / 1000000000u),
        .tv_nsec = (long)((deadline - now) % 1000000000u),
    };
    return pthread_cond_timedwait_relative_np(&monitor->condition, &monitor->mutex, &left) != ETIMEDOUT;
#else
    struct timespec until = {
        .tv_sec = (time_t)(deadline / 1000000000u),
        .tv_nsec = (long)(deadline % 1000000000u),
    };
    return pthread_cond_timedwait(&monitor->condition, &monitor->mutex, &until) != ETIMEDOUT;
#endif
}

void joblib_monitor_signal(joblib_monitor *monitor) {
    pthread_cond_signal(&monitor->condition);
}

void joblib_monitor_broadcast(joblib_monitor *monitor) {
    pthread_cond_broadcast(&monitor->condition);
}
