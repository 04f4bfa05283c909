#ifndef CJOBLIB_ATOMICS_H
#define CJOBLIB_ATOMICS_H

#include <stdint.h>

// Words in memory that another process shares: Swift's Atomic owns its storage and cannot be laid over such memory.

static inline uint64_t joblib_load_acquire(const void *address) {
    return __atomic_load_n((const uint64_t *)address, __ATOMIC_ACQUIRE);
}

static inline void joblib_store_release(void *address, uint64_t value) {
    __atomic_store_n((uint64_t *)address, value, __ATOMIC_RELEASE);
}

static inline uint32_t joblib_load_flag(const void *address) {
    return __atomic_load_n((const uint32_t *)address, __ATOMIC_SEQ_CST);
}

static inline void joblib_store_flag(void *address, uint32_t value) {
    __atomic_store_n((uint32_t *)address, value, __ATOMIC_SEQ_CST);
}

static inline uint32_t joblib_exchange_flag(void *address, uint32_t value) {
    return __atomic_exchange_n((uint32_t *)address, value, __ATOMIC_SEQ_CST);
}

/// Whether the word had the expected value and has the new one now.
static inline _Bool joblib_replace_flag(void *address, uint32_t expected, uint32_t value) {
    return __atomic_compare_exchange_n(
        (uint32_t *)address, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST
    );
}

static inline void joblib_full_fence(void) {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/// Sleeps while the word has this value, until it is woken or the deadline (UINT64_MAX: none) has passed.
/// May return early; false only when the deadline has passed.
_Bool joblib_sleep_on(void *word, uint32_t value, uint64_t deadline);

/// Wakes the process that sleeps on this word.
void joblib_wake(void *word);

#endif
