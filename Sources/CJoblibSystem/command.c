#define _GNU_SOURCE

#include "CJoblibCommand.h"
#include "CJoblibSpawn.h"
#include "command_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#include <sys/syscall.h>
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif
#endif

// --- What children need ---

/// What a child needs until it has become the command: one for each slot, as children start while we go on.
typedef struct {
    /// The path, as the first text; a place for a shell's; the arguments; a null.
    char **table;
    char *path;
    char *const *environment;
    int input;
    int output;
    int error_output;
    /// Whether it gets a niceness of its own, and which.
    bool is_nice;
    int niceness;
    size_t slot;
    /// Written by the child, which shares our memory: 0, or why it is not the command.
    volatile int failure;
#if defined(__linux__)
    sigset_t mask;
    char stack[16 << 10] __attribute__((aligned(64)));
#endif
} start_request;

static start_request *requests;

int joblib_command_prepare(size_t slots) {
    // Zeroes, and no memory before it is touched.
    size_t bytes = (slots > 0 ? slots : 1) * sizeof(start_request);
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return errno;
    }
    requests = memory;
    return joblib_command_guard_start(slots);
}

/// Unlike `joblib_pipe`, with ends that wait: a command's output that suddenly refuses to would lose some of it.
static int make_pipe(int ends[2]) {
#if defined(__APPLE__)
    if (pipe(ends) != 0) {
        return errno;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#else
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#endif
}

// --- Process groups ---

bool joblib_signal_group(int group, int number) {
    return group > 0 && kill(-group, number) == 0;
}

bool joblib_command_wants_terminal(int process) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    if (waitid(P_PID, (id_t)process, &info, WSTOPPED | WNOHANG) != 0 || info.si_pid != process) {
        return false;
    }
    return info.si_code == CLD_STOPPED && (info.si_status == SIGTTIN || info.si_status == SIGTTOU);
}

// --- Starting ---

/// Makes the table of pointers to texts that lie one behind the other, each with its zero. In memory of the slot's own.
static int copy_texts(start_request *request, const char *texts, size_t length, size_t count) {
    free(request->table);
    request->table = malloc((count + 2) * sizeof(char *) + length);
    if (request->table == NULL) {
        return ENOMEM;
    }
    char *text = (char *)(request->table + count + 2);
    memcpy(text, texts, length);
    request->path = text;
    request->table[0] = NULL;
    for (size_t i = 0; i < count; i++) {
        // The path itself stands where it is if the file turns out to be a script for a shell.
        if (i > 0) {
            request->table[i] = text;
        }
        text += strlen(text) + 1;
    }
    request->table[count] = NULL;
    return 0;
}

#if defined(__linux__)

/// A system call without errno, which is the parent's: the child shares it while the parent goes on. 0 or more, or a
/// negative errno.
static long call_system(long number, long first, long second, long third) {
#if defined(__x86_64__)
    long result = number;
    __asm__ __volatile__(
        "syscall" : "+a"(result) : "D"(first), "S"(second), "d"(third) : "rcx", "r11", "memory"
    );
    return result;
#elif defined(__aarch64__)
    register long call __asm__("x8") = number;
    register long result __asm__("x0") = first;
    register long more __asm__("x1") = second;
    register long last __asm__("x2") = third;
    __asm__ __volatile__("svc 0" : "+r"(result) : "r"(call), "r"(more), "r"(last) : "memory");
    return result;
#else
    long result = syscall(number, first, second, third);
    return result < 0 ? -errno : result;
#endif
}

static int execute(const char *path, char *const *arguments, char *const *environment) {
    return (int)-call_system(SYS_execve, (long)path, (long)arguments, (long)environment);
}

// Elsewhere the parent waits for the exec, as posix_spawn does, so that errno cannot be written by both.
#if defined(__x86_64__) || defined(__aarch64__)
enum { start_flags = CLONE_VM | CLONE_PIDFD | SIGCHLD };
#else
enum { start_flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD };
#endif

/// Runs in the child, in our memory, while we go on: nothing but system calls, and none that fails unless all is lost.
static int become_command(void *argument) {
    start_request *request = argument;
    setpgid(0, 0);
    // The child notes itself, too: who kills the parent now leaves a guard that knows of it. The guard is told by the end
    // of a pipe, which the child has until its exec.
    joblib_command_note(request->slot, getpid());
    // A handler of ours must not run in the child, in whose memory it would write to our pipe.
    const int caught[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++) {
        struct sigaction action;
        if (sigaction(caught[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            memset(&action, 0, sizeof action);
            action.sa_handler = SIG_DFL;
            sigaction(caught[i], &action, NULL);
        }
    }
    if (request->is_nice) {
        // Whether it is allowed was looked at before; without it the command is still the one that was asked for.
        call_system(SYS_setpriority, PRIO_PROCESS, 0, request->niceness);
    }
    dup2(request->input, 0);
    dup2(request->output, 1);
    dup2(request->error_output, 2);
    sigprocmask(SIG_SETMASK, &request->mask, NULL);
    int error = execute(request->path, request->table + 1, request->environment);
    if (error == ENOEXEC) {
        // A script that does not say whose: as execvp and every shell do.
        request->table[0] = (char *)"sh";
        request->table[1] = request->path;
        error = execute("/bin/sh", request->table, request->environment);
    }
    request->failure = error;
    _exit(127);
}

/// A child in our memory: there are no page tables to copy, which is most of what fork costs. Unlike posix_spawn, we do not
/// wait until it has become the command: meanwhile another command may end and be followed by the next one.
static int start(start_request *request, joblib_command_handle *handle) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &request->mask);
    int ending = -1;
    char *stack = request->stack + sizeof request->stack;
    int process = clone(become_command, stack, start_flags, request, &ending);
    if (process < 0 && errno == EINVAL) {
        // A kernel before 5.2.
        process = clone(become_command, stack, start_flags & ~CLONE_PIDFD, request);
        ending = -1;
    }
    int error = process < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &request->mask, NULL);
    if (error == 0) {
        // The child does so, too: whoever comes first, its group is there when we want to end it.
        setpgid(process, process);
        handle->process = process;
        handle->ending = ending;
    }
    return error;
}

#else

static int start(start_request *request, joblib_command_handle *handle) {
    const int sources[] = {request->input, request->output, request->error_output};
    const int numbers[] = {0, 1, 2};
    joblib_spawn_request spawn = {
        .path = request->path,
        .arguments = request->table + 1,
        .environment = request->environment,
        .descriptors = sources,
        .numbers = numbers,
        .descriptor_count = 3,
        .own_group = true,
    };
    int error = joblib_spawn(&spawn, &handle->process);
    if (error == ENOEXEC) {
        request->table[0] = (char *)"sh";
        request->table[1] = request->path;
        spawn.path = "/bin/sh";
        spawn.arguments = request->table;
        error = joblib_spawn(&spawn, &handle->process);
    }
    if (error == 0 && request->is_nice) {
        setpriority(PRIO_PROCESS, (id_t)handle->process, request->niceness);
    }
    handle->ending = -1;
    return error;
}

#endif

int joblib_command_start(const joblib_command *command, joblib_command_handle *handle) {
    if (command->slot >= joblib_command_slots()) {
        return EINVAL;
    }
    start_request *request = &requests[command->slot];
    int error = copy_texts(request, command->texts, command->length, command->count);
    if (error != 0) {
        return error;
    }
    int output[2], error_output[2];
    error = make_pipe(output);
    if (error != 0) {
        return error;
    }
    error = make_pipe(error_output);
    if (error != 0) {
        close(output[0]);
        close(output[1]);
        return error;
    }
    // Only our ends.
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(error_output[0], F_SETFL, O_NONBLOCK);
    request->environment = command->environment;
    request->input = command->input;
    request->output = output[1];
    request->error_output = error_output[1];
    request->is_nice = command->niceness != 0;
    request->niceness = request->is_nice ? getpriority(PRIO_PROCESS, 0) + command->niceness : 0;
    request->failure = 0;
    request->slot = command->slot;
    error = start(request, handle);
    close(output[1]);
    close(error_output[1]);
    if (error != 0) {
        close(output[0]);
        close(error_output[0]);
        return error;
    }
    joblib_command_note(command->slot, handle->process);
    handle->output = output[0];
    handle->error = error_output[0];
    return 0;
}

int joblib_command_check_niceness(int niceness) {
    int own = getpriority(PRIO_PROCESS, 0);
    // Everybody may take less; back from more is less again.
    if (niceness >= 0) {
        return 0;
    }
    if (setpriority(PRIO_PROCESS, 0, own + niceness) != 0) {
        return errno;
    }
    setpriority(PRIO_PROCESS, 0, own);
    return 0;
}

int joblib_command_failure(size_t slot) {
    return slot < joblib_command_slots() ? requests[slot].failure : 0;
}

// --- Small things ---

void joblib_fill_standard_descriptors(void) {
    for (int number = 0; number < 3; number++) {
        if (fcntl(number, F_GETFD) < 0 && errno == EBADF) {
            // The lowest free number is this one.
            (void)!open("/dev/null", O_RDWR);
        }
    }
}

int64_t joblib_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 256;
    }
#if defined(__APPLE__)
    // "Unlimited" is not: neither open nor poll takes more.
    if (limit.rlim_cur > OPEN_MAX) {
        return OPEN_MAX;
    }
#endif
    return limit.rlim_cur > (rlim_t)INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}

bool joblib_is_executable(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}
