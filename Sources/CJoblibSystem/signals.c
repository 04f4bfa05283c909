#include "CJoblibCommand.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t signal_descriptor = -1;

static void note_signal(int number) {
    int error = errno;
    unsigned char byte = (unsigned char)number;
    // A full pipe has been noticed already.
    (void)!write((int)signal_descriptor, &byte, 1);
    errno = error;
}

int joblib_watch_signals(int descriptor) {
    signal_descriptor = descriptor;
    // Who started us may ignore the end of children; then nobody could learn how they ended.
    signal(SIGCHLD, SIG_DFL);
    const int watched[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        struct sigaction action;
        if (sigaction(watched[i], NULL, &action) != 0) {
            return -errno;
        }
        // nohup, and a shell's background jobs: somebody has asked for that.
        if (action.sa_handler == SIG_IGN) {
            continue;
        }
        memset(&action, 0, sizeof action);
        action.sa_handler = note_signal;
        sigemptyset(&action.sa_mask);
        // Without SA_RESTART: a write to a reader who has stopped reading must not hold up the end.
        if (sigaction(watched[i], &action, NULL) != 0) {
            return -errno;
        }
    }
    return 0;
}
