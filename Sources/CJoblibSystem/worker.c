#include "CJoblibWorker.h"
#include "CJoblibSocket.h"
#include "CJoblibSpawn.h"
#include "initializers.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The Swift definition replaces this one when the program is linked. Its address is taken here and nowhere in Swift:
// there, a second file that refers to a @_cdecl function makes the compiler emit it twice.
__attribute__((weak)) void joblib_worker_main(int socket) {
    (void)socket;
    _exit(joblib_worker_refused);
}

/// Reads "12" of "12:345" and moves behind it; -1 when there is no number.
static int read_number(const char **text) {
    if (**text < '0' || **text > '9') {
        return -1;
    }
    char *end;
    long value = strtol(*text, &end, 10);
    *text = end;
    return value > INT_MAX ? -1 : (int)value;
}

/// Takes the place of a worker if the variable says so: its socket, or -1.
static int claim_socket(void) {
    const char *text = getenv(JOBLIB_WORKER_VARIABLE);
    if (text == NULL) {
        return -1;
    }
    int socket = read_number(&text);
    int parent = *text == ':' ? (text++, read_number(&text)) : -1;
    bool is_complete = *text == 0;
    // What a worker starts is no worker. Done last: `text` points into the variable.
    unsetenv(JOBLIB_WORKER_VARIABLE);
    // Something is wrong with the socket: still not `main`, which might start workers in turn, without end.
    if (socket < 0 || parent <= 0 || !is_complete || !joblib_is_socket(socket)) {
        _exit(joblib_worker_refused);
    }
    // The socket closes when this process ends and must not live on in what it starts.
    fcntl(socket, F_SETFD, FD_CLOEXEC);
    // Ctrl-C is for the parent to handle.
    signal(SIGINT, SIG_IGN);
    if (!joblib_end_with_parent(parent)) {
        _exit(joblib_worker_refused);
    }
    return socket;
}

// These are on the stacks of all tasks: what begins with "joblib_" is not shown in tracebacks.
static void joblib_work(int socket) {
    joblib_worker_main(socket);
    // Not exit(): handlers registered by the program's globals are not ours to run.
    _exit(0);
}

void joblib_enter_worker(void) {
    int socket = claim_socket();
    if (socket >= 0) {
        joblib_work(socket);
    }
}

// Before `main`: the program's own code must not run in a worker, and needs no guard for it. glibc and dyld hand the arguments
// of `main` to initializers; what others leave in their place is handed on and not looked at.
__attribute__((constructor)) static void joblib_enter_before_main(int count, char **arguments, char **environment) {
    int socket = claim_socket();
    if (socket >= 0) {
        joblib_run_later_initializers(joblib_enter_before_main, count, arguments, environment);
        joblib_work(socket);
    }
}
