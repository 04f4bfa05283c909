#include "CJoblibSystem.h"

#include <sys/mman.h>

void joblib_prefer_large_pages(void *start, size_t length) {
#if defined(MADV_HUGEPAGE)
    // Whole pages only: what surrounds the memory is not ours.
    const uintptr_t page = 4096;
    uintptr_t first = ((uintptr_t)start + page - 1) & ~(page - 1);
    uintptr_t last = ((uintptr_t)start + length) & ~(page - 1);
    if (first < last) {
        // A hint: a system without large pages says no, and nothing is lost.
        (void)madvise((void *)first, last - first, MADV_HUGEPAGE);
    }
#else
    (void)start;
    (void)length;
#endif
}
