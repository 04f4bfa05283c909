#ifndef CJOBLIB_SANITIZER_H
#define CJOBLIB_SANITIZER_H

// There only in a program built with -sanitize=thread.
#if defined(__ELF__)
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

/// What happened before a release of `address` happened before what follows.
static inline void joblib_tsan_acquire(const void *address) {
    if (__tsan_acquire) {
        __tsan_acquire((void *)address);
    }
}

/// What happened until here happened before the next acquire of `address`.
static inline void joblib_tsan_release(const void *address) {
    if (__tsan_release) {
        __tsan_release((void *)address);
    }
}
#else
// Darwin's lock is the system's, which the sanitizer knows.
static inline void joblib_tsan_acquire(const void *address) { (void)address; }
static inline void joblib_tsan_release(const void *address) { (void)address; }
#endif

#endif
