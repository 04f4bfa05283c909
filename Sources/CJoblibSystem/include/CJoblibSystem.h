#ifndef CJOBLIB_SYSTEM_H
#define CJOBLIB_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CJoblibAtomics.h"
#include "CJoblibBacktrace.h"
#include "CJoblibCommand.h"
#include "CJoblibCompression.h"
#include "CJoblibFaults.h"
#include "CJoblibFunctions.h"
#include "CJoblibImage.h"
#include "CJoblibInterrupt.h"
#include "CJoblibLibrary.h"
#include "CJoblibMemory.h"
#include "CJoblibProcess.h"
#include "CJoblibSanitizer.h"
#include "CJoblibSocket.h"
#include "CJoblibSpawn.h"
#include "CJoblibThreads.h"
#include "CJoblibWorker.h"

/// Nanoseconds of a clock that never goes back. Costs about 20 ns, a third of `ContinuousClock.now`.
uint64_t joblib_monotonic_nanoseconds(void);

/// Tells the processor that this is a spinning loop.
static inline void joblib_spin_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ __volatile__("yield");
#endif
}

/// Asks for large pages where this memory is touched for the first time. A hint; Darwin takes none.
void joblib_prefer_large_pages(void *start, size_t length);

/// The calling thread's slot: what a task asks when it wants to know where it runs.
void *joblib_thread_slot(void);
void joblib_set_thread_slot(void *value);

#endif
