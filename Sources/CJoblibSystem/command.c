#define _GNU_SOURCE

#include "CJoblibCommand.h"
#include "CJoblibSpawn.h"

#include <errno.h>
#include <fcntl.h>
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
#include <stdio.h>
#include <sys/prctl.h>
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
    int slot;
    /// Written by the child, which shares our memory: 0, or why it is not the command.
    volatile int failure;
#if defined(__linux__)
    sigset_t mask;
    char stack[16 << 10] __attribute__((aligned(64)));
#endif
} start_request;

static start_request *requests;

// --- The table of process groups, shared with the guard ---

/// One for each slot: a process group that runs, or 0.
static volatile int *groups;
static size_t group_count;
static int guard_pipe = -1;
static pid_t guard_process = -1;

static void make_close_on_exec(int descriptor) {
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static int make_pipe(int ends[2]) {
#if defined(__APPLE__)
    if (pipe(ends) != 0) {
        return errno;
    }
    make_close_on_exec(ends[0]);
    make_close_on_exec(ends[1]);
    return 0;
#else
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#endif
}

/// The guard's whole life. Only calls that are allowed after a fork of a program with threads.
static void guard(int reading) {
    // Out of reach of what is sent to our process group, and of Ctrl-C. Until here they were blocked, and stay so.
    setsid();
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
#if defined(__linux__)
    prctl(PR_SET_NAME, "joblib-guard");
#endif
    // Whoever waits for the end of our output must not wait for the guard, and the pipe's writing end must be the
    // parent's alone.
    if (reading != 0) {
        dup2(reading, 0);
    }
    int highest = (int)sysconf(_SC_OPEN_MAX);
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
    // Zeroes, and no memory before it is touched.
    bytes = (slots > 0 ? slots : 1) * sizeof(start_request);
    memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return errno;
    }
    requests = memory;
    int ends[2];
    int error = make_pipe(ends);
    if (error != 0) {
        return error;
    }
    // What is sent to our process group must not end the guard before it is out of it: Ctrl-C, say.
    sigset_t ending, before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigprocmask(SIG_BLOCK, &ending, &before);
    pid_t process = fork();
    if (process == 0) {
        guard(ends[0]);
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

void joblib_command_forget(size_t slot) {
    if (groups != NULL && slot < group_count) {
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

bool joblib_signal_group(int group, int number) {
    return group > 0 && kill(-group, number) == 0;
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
    groups[request->slot] = getpid();
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
    if (command->slot >= group_count) {
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
    // Only our ends: a command whose output suddenly refuses to wait would lose some of it.
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(error_output[0], F_SETFL, O_NONBLOCK);
    request->environment = command->environment;
    request->input = command->input;
    request->output = output[1];
    request->error_output = error_output[1];
    request->is_nice = command->niceness != 0;
    request->niceness = request->is_nice ? getpriority(PRIO_PROCESS, 0) + command->niceness : 0;
    request->failure = 0;
    request->slot = (int)command->slot;
    error = start(request, handle);
    close(output[1]);
    close(error_output[1]);
    if (error != 0) {
        close(output[0]);
        close(error_output[0]);
        return error;
    }
    groups[command->slot] = handle->process;
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
    return slot < group_count ? requests[slot].failure : 0;
}

// --- Signals ---

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

// --- Small things ---

void joblib_fill_standard_descriptors(void) {
    for (int number = 0; number < 3; number++) {
        if (fcntl(number, F_GETFD) < 0 && errno == EBADF) {
            // The lowest free number is this one.
            (void)!open("/dev/null", O_RDWR);
        }
    }
}

int joblib_open_unnamed(const char *directory) {
#if defined(O_TMPFILE)
    int descriptor = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        return descriptor;
    }
#endif
    // A file system without such files: a name for a moment.
    size_t length = strlen(directory) + sizeof "/joblib-XXXXXX";
    char *path = malloc(length);
    if (path == NULL) {
        return -ENOMEM;
    }
    strcpy(path, directory);
    strcat(path, "/joblib-XXXXXX");
    int file = mkstemp(path);
    int error = errno;
    if (file >= 0) {
        make_close_on_exec(file);
        unlink(path);
    }
    free(path);
    return file >= 0 ? file : -error;
}

int64_t joblib_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 256;
    }
    return limit.rlim_cur > (rlim_t)INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}

bool joblib_is_executable(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}
