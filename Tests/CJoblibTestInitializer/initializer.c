#include "CJoblibTestInitializer.h"

static volatile int initialized;

// Of a target of its own, whose name has it linked behind the constructor that makes a process a worker.
__attribute__((constructor)) static void joblib_case_initialize(void) {
    initialized = 42;
}

int joblib_case_initialized(void) {
    return initialized;
}
