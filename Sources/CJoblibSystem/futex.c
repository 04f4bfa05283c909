#define _GNU_SOURCE

#include "CJoblibAtomics.h"
#include "CJoblibFaults.h"
#include "CJoblibSystem.h"

#include <limits.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)

#include <linux/futex.h>
#include <sys/syscall.h>

_Bool joblib_sleep_on(void *word, uint32_t value, uint64_t deadline) {
    struct timespec until = {
        .tv_sec = (time_t)(deadline / 1000000000u),
        .tv_nsec = (long)(deadline % 1000000000u),
    };
    // Not FUTEX_PRIVATE: the other end is another process. WAIT_BITSET, because its deadline is a point in time.
    long result = joblib_fault(joblib_call_sleep, NULL)
        ? -1
        : syscall(
            SYS_futex, word, FUTEX_WAIT_BITSET, value, deadline == UINT64_MAX ? NULL : &until, NULL,
            FUTEX_BITSET_MATCH_ANY
        );
    return result == 0 || errno != ETIMEDOUT;
}

void joblib_wake(void *word) {
    (void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

#elif defined(__APPLE__)

#include <os/os_sync_wait_on_address.h>

_Bool joblib_sleep_on(void *word, uint32_t value, uint64_t deadline) {
    if (joblib_fault(joblib_call_sleep, NULL)) {
        return errno != ETIMEDOUT;
    }
    if (deadline == UINT64_MAX) {
        (void)os_sync_wait_on_address(word, value, sizeof(uint32_t), OS_SYNC_WAIT_ON_ADDRESS_SHARED);
        return 1;
    }
    uint64_t now = joblib_monotonic_nanoseconds();
    if (now >= deadline) {
        return 0;
    }
    int result = os_sync_wait_on_address_with_timeout(
        word, value, sizeof(uint32_t), OS_SYNC_WAIT_ON_ADDRESS_SHARED, OS_CLOCK_MACH_ABSOLUTE_TIME, deadline - now
    );
    return result >= 0 || errno != ETIMEDOUT;
}

void joblib_wake(void *word) {
    (void)os_sync_wake_by_address_all(word, sizeof(uint32_t), OS_SYNC_WAKE_BY_ADDRESS_SHARED);
}

#else
#error "No way to sleep on a shared word on this system"
#endif
