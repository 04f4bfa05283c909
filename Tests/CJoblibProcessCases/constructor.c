#include "CJoblibProcessCases.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// What a broken C library in a program does: it takes the process down before anything of the program's has run. The number
// puts it before the constructor that makes a process a worker.
__attribute__((constructor(101))) static void joblib_case_constructor(void) {
    const char *how = getenv(JOBLIB_CASE_CONSTRUCTOR);
    if (how == NULL) {
        return;
    }
    if (strcmp(how, "trap") == 0) {
        __builtin_trap();
    } else if (strcmp(how, "abort") == 0) {
        abort();
    } else if (strcmp(how, "exit") == 0) {
        _exit(3);
    } else if (strcmp(how, "kill") == 0) {
        kill(getpid(), SIGKILL);
    } else if (strcmp(how, "segfault") == 0) {
        raise(SIGSEGV);
    }
}

void joblib_case_link(void) {}

void joblib_case_end_memory(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0) {
        limit.rlim_cur = 1 << 20;
        setrlimit(RLIMIT_AS, &limit);
    }
}
