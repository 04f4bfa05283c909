#define _GNU_SOURCE

#include "CJoblibProcess.h"

#if defined(__linux__)

#include <errno.h>
#include <sched.h>

int joblib_affinity_count(void) {
    // The kernel refuses a set smaller than its own, so the set grows until it fits.
    for (int capacity = 1024; capacity <= 1 << 20; capacity *= 2) {
        cpu_set_t *set = CPU_ALLOC(capacity);
        if (set == NULL) {
            return 0;
        }
        size_t size = CPU_ALLOC_SIZE(capacity);
        CPU_ZERO_S(size, set);
        int result = sched_getaffinity(0, size, set);
        int error = errno;
        int count = result == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (result == 0 || error != EINVAL) {
            return count;
        }
    }
    return 0;
}

#else

int joblib_affinity_count(void) {
    return 0;
}

#endif
