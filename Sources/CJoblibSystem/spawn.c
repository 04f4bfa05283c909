#define _GNU_SOURCE

#include "CJoblibSpawn.h"
#include "CJoblibFaults.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#elif defined(__APPLE__)
#include <pthread.h>
#include <sys/event.h>
#endif

#if defined(__GLIBC__)
// glibc 2.34. Weak, so that a program built here still starts where the C library is older.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int) __attribute__((weak));
#endif

/// Gives the child its descriptors and no others. `copies` gets our duplicates, -1 where there is none.
static int add_descriptors(posix_spawn_file_actions_t *actions, const joblib_spawn_request *request, int *copies) {
    int highest = 2;
    for (size_t i = 0; i < request->descriptor_count; i++) {
        if (request->numbers[i] > highest) {
            highest = request->numbers[i];
        }
    }
    // 3a. Duplicate every source above all wanted numbers: dup2 in the child then never overwrites a source that is
    //     still needed (3 as 4 and 4 as 3), and never meets source == target, which would leave close-on-exec set.
    //     The duplicates are close-on-exec: a child that another thread starts meanwhile does not get them.
    for (size_t i = 0; i < request->descriptor_count; i++) {
        do {
            copies[i] = joblib_fault(joblib_call_duplicate, NULL)
                ? -1
                : fcntl(request->descriptors[i], F_DUPFD_CLOEXEC, highest + 1);
        } while (copies[i] < 0 && errno == EINTR);
        if (copies[i] < 0) {
            return errno;
        }
        int error = posix_spawn_file_actions_adddup2(actions, copies[i], request->numbers[i]);
        if (error != 0) {
            return error;
        }
    }
#if !defined(__APPLE__)
    // 3b. Close what lies between the wanted numbers; closing what is not open is no error here.
    for (int number = 3; number < highest; number++) {
        bool wanted = false;
        for (size_t i = 0; i < request->descriptor_count; i++) {
            wanted = wanted || request->numbers[i] == number;
        }
        if (!wanted) {
            int error = posix_spawn_file_actions_addclose(actions, number);
            if (error != 0) {
                return error;
            }
        }
    }
#endif
#if defined(__GLIBC__)
    // 3c. Close the rest: other libraries of the program may open descriptors without close-on-exec.
    if (posix_spawn_file_actions_addclosefrom_np != NULL) {
        return posix_spawn_file_actions_addclosefrom_np(actions, highest + 1);
    }
#endif
    return 0;
}

static int set_attributes(posix_spawnattr_t *attributes, const joblib_spawn_request *request) {
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    // 1. An empty signal mask: the child would inherit that of whichever thread happens to start it.
    sigset_t none;
    sigemptyset(&none);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (error != 0) {
        return error;
    }
    // 2. Default handling of all signals: what the program ignores, a child would go on ignoring after exec.
    sigset_t all;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error != 0) {
        return error;
    }
    if (request->own_group) {
        // A group of its own: Ctrl-C at the terminal does not reach the child.
        flags |= POSIX_SPAWN_SETPGROUP;
        error = posix_spawnattr_setpgroup(attributes, 0);
        if (error != 0) {
            return error;
        }
    }
#if defined(__APPLE__)
    // Darwin closes by itself whatever the file actions do not name.
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    return posix_spawnattr_setflags(attributes, flags);
}

int joblib_spawn(const joblib_spawn_request *request, int *process) {
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    posix_spawnattr_t attributes;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    int *copies = malloc(sizeof(int) * (request->descriptor_count + 1));
    if (copies == NULL) {
        error = ENOMEM;
    } else {
        memset(copies, 0xff, sizeof(int) * (request->descriptor_count + 1));
        error = set_attributes(&attributes, request);
        if (error == 0) {
            error = add_descriptors(&actions, request, copies);
        }
    }
    if (error == 0) {
        // 4. Start it. The call returns after exec, so that its errors (no such file, not executable) are known here.
        pid_t started = 0;
        do {
            error = joblib_fault(joblib_call_spawn, NULL)
                ? errno
                : posix_spawn(
                    &started, request->path, &actions, &attributes, request->arguments, request->environment
                );
        } while (error == EINTR);
        *process = started;
    }
    // 5. Our duplicates have done their work, whether there is a child or not.
    if (copies != NULL) {
        for (size_t i = 0; i < request->descriptor_count; i++) {
            if (copies[i] >= 0) {
                close(copies[i]);
            }
        }
        free(copies);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int joblib_wait(int process, bool block, bool keep, joblib_exit *exit) {
    siginfo_t info;
    int options = WEXITED | (block ? 0 : WNOHANG) | (keep ? WNOWAIT : 0);
    bool has_ended;
    do {
        int result;
        do {
            memset(&info, 0, sizeof info);
            result = joblib_fault(joblib_call_wait, NULL) ? -1 : waitid(P_PID, (id_t)process, &info, options);
        } while (result < 0 && errno == EINTR);
        if (result < 0) {
            return -errno;
        }
        has_ended = info.si_pid != 0
            && (info.si_code == CLD_EXITED || info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED);
    } while (block && !has_ended);
    if (!has_ended) {
        return 0;
    }
    exit->was_signalled = info.si_code != CLD_EXITED;
    exit->dumped_core = info.si_code == CLD_DUMPED;
    // Darwin gives more of what was handed to exit than other systems do.
    exit->code = info.si_code == CLD_EXITED ? info.si_status & 0xff : info.si_status;
    return 1;
}

int joblib_process_descriptor(int process) {
#if defined(__linux__) && defined(SYS_pidfd_open)
    // Close-on-exec by itself.
    long descriptor = joblib_fault(joblib_call_watch, NULL) ? -1 : syscall(SYS_pidfd_open, process, 0);
    return descriptor < 0 ? -errno : (int)descriptor;
#else
    (void)process;
    return -ENOSYS;
#endif
}

#if defined(__APPLE__)

static void *wait_for_parent(void *argument) {
    int queue = (int)(intptr_t)argument;
    struct kevent event;
    int count;
    do {
        count = kevent(queue, NULL, 0, &event, 1, NULL);
    } while (count < 0 && errno == EINTR);
    // It has ended; or nobody will ever tell, which is no better.
    kill(getpid(), SIGKILL);
    return NULL;
}

/// Darwin has no signal for that: a thread waits for the parent's end.
static bool watch_parent(int parent) {
    int queue = kqueue();
    if (queue < 0) {
        return false;
    }
    fcntl(queue, F_SETFD, FD_CLOEXEC);
    struct kevent change;
    EV_SET(&change, (uintptr_t)parent, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
    int result;
    do {
        // Without a place for events it does not wait.
        result = kevent(queue, &change, 1, NULL, 0, NULL);
    } while (result < 0 && errno == EINTR);
    // Signals of the program's are for its own threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    bool is_watched = result == 0
        && pthread_create(&thread, &attributes, wait_for_parent, (void *)(intptr_t)queue) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!is_watched) {
        close(queue);
    }
    return is_watched;
}

#endif

bool joblib_end_with_parent(int parent) {
#if defined(__linux__)
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return false;
    }
#elif defined(__APPLE__)
    if (!watch_parent(parent)) {
        return false;
    }
#endif
    // Asked afterwards: a parent that ended before the request raises no signal, but has left us to another process.
    return getppid() == parent;
}
