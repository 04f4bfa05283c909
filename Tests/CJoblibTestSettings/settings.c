#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// How many tests run at once, read by the testing library when it starts.
//
// By default all of them do. Tests of blocking calls then keep the threads of Swift's pool, and each step of an
// asynchronous test waits behind hundreds of others: minutes for what takes a moment, and deadlines pass.
__attribute__((constructor)) static void limit_tests_at_once(void) {
    const char *name = "SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH";
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    char text[24];
    snprintf(text, sizeof text, "%ld", processors > 1 ? 2 * processors : 2);
    setenv(name, text, 0);
}
