#include "CJoblibInterrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

// Written before the handler is installed, read by it.
static volatile sig_atomic_t interrupt_descriptor = -1;
static volatile sig_atomic_t interrupt_count;
static struct sigaction action_before;

static void interrupted(int number) {
    int error = errno;
    if (interrupt_count++ == 0) {
        char byte = 0;
        // A full pipe has been noticed already.
        (void)!write((int)interrupt_descriptor, &byte, 1);
    } else {
        // The program does not end by itself, and somebody has lost patience.
        signal(number, SIG_DFL);
        raise(number);
    }
    errno = error;
}

int joblib_watch_interrupt(int descriptor) {
    interrupt_descriptor = descriptor;
    interrupt_count = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = interrupted;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(SIGINT, &action, &action_before) == 0 ? 0 : -errno;
}

void joblib_unwatch_interrupt(void) {
    sigaction(SIGINT, &action_before, NULL);
}
