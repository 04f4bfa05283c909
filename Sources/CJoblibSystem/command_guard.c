#define _GNU_SOURCE

#include "command_guard.h"
#include "CJoblibCommand.h"
#include "CJoblibSocket.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

/// One for each slot: a process group that runs, or 0.
static volatile int *groups;
static size_t group_count;
static int guard_pipe = -1;
static pid_t guard_process = -1;

/// The guard's whole life. Only calls that are allowed after a fork of a program with threads.
static void guard(int reading, int writing) {
    // The parent's alone from here on, or its end would not be told.
    close(writing);
    // Out of reach of what is sent to our process group, and of Ctrl-C. Until here they were blocked, and stay so.
    setsid();
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
#if defined(__linux__)
    prctl(PR_SET_NAME, "joblib-guard");
#endif
    // Whoever waits for the end of our output must not wait for the guard.
    if (reading != 0) {
        dup2(reading, 0);
    }
    long limit = sysconf(_SC_OPEN_MAX);
    // Without a limit: as many as Darwin allows to open.
    int highest = limit < 0 || limit > INT_MAX ? 10240 : (int)limit;
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, 1u, ~0u, 0u) == 0) {
        highest = 0;
    }
#endif
    for (int number = 1; number < highest; number++) {
        close(number);
    }
    char byte;
    ssize_t count;
    do {
        count = read(0, &byte, 1);
    } while (count < 0 && errno == EINTR);
    for (size_t slot = 0; slot < group_count; slot++) {
        if (groups[slot] > 0) {
            kill(-groups[slot], SIGKILL);
        }
    }
    _exit(0);
}

int joblib_command_guard_start(size_t slots) {
    size_t bytes = (slots > 0 ? slots : 1) * sizeof(int);
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return errno;
    }
    groups = memory;
    group_count = slots;
    int ends[2];
    int error = -joblib_pipe(ends);
    if (error != 0) {
        return error;
    }
    // The guard waits for its end.
    fcntl(ends[0], F_SETFL, 0);
    // What is sent to our process group must not end the guard before it is out of it: Ctrl-C, say.
    sigset_t ending, before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, &before);
    pid_t process = fork();
    if (process == 0) {
        guard(ends[0], ends[1]);
    }
    error = process < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return error;
    }
    close(ends[0]);
    guard_pipe = ends[1];
    guard_process = process;
    return 0;
}

size_t joblib_command_slots(void) {
    return group_count;
}

void joblib_command_note(size_t slot, int group) {
    groups[slot] = group;
}

void joblib_command_forget(size_t slot) {
    if (slot < group_count) {
        groups[slot] = 0;
    }
}

void joblib_command_guard_end(void) {
    if (guard_pipe < 0) {
        return;
    }
    close(guard_pipe);
    guard_pipe = -1;
    while (waitpid(guard_process, NULL, 0) < 0 && errno == EINTR) {
    }
}
