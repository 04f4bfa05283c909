// The XSI strerror_r, which fills the caller's buffer; the GNU one may not.
#undef _GNU_SOURCE

#include "CJoblibProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <crt_externs.h>
#include <mach-o/dyld.h>
#else
extern char **environ;
#endif

int joblib_terminal_columns(int descriptor) {
    struct winsize size;
    memset(&size, 0, sizeof size);
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

#if defined(__APPLE__)

ptrdiff_t joblib_write_without_signal(int descriptor, const void *bytes, size_t count) {
    // Darwin sends the signal to the process: blocking it for one thread does not help. The open file can be told to
    // send none, but others may share it and expect theirs: only during this call, and one call at a time, as each
    // puts back what it found.
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    int before = fcntl(descriptor, F_GETNOSIGPIPE);
    fcntl(descriptor, F_SETNOSIGPIPE, 1);
    ssize_t written = write(descriptor, bytes, count > INT_MAX ? INT_MAX : count);
    ptrdiff_t result = written < 0 ? -(ptrdiff_t)errno : (ptrdiff_t)written;
    if (before == 0) {
        fcntl(descriptor, F_SETNOSIGPIPE, 0);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

#else

ptrdiff_t joblib_write_without_signal(int descriptor, const void *bytes, size_t count) {
    sigset_t pipe_signal, before, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigemptyset(&pending);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    // Blocked for this thread alone; the process's handlers are the program's own.
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    ssize_t written = write(descriptor, bytes, count);
    ptrdiff_t result = written < 0 ? -(ptrdiff_t)errno : (ptrdiff_t)written;
    if (result == -EPIPE && !was_pending) {
        // Our own signal waits at this thread: take it before it can be delivered.
        sigemptyset(&pending);
        sigpending(&pending);
        if (sigismember(&pending, SIGPIPE) == 1) {
            int taken;
            sigwait(&pipe_signal, &taken);
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

#endif

bool joblib_executable_path(char *path, size_t capacity) {
    if (capacity == 0) {
        return false;
    }
#if defined(__APPLE__)
    uint32_t size = capacity > UINT32_MAX ? UINT32_MAX : (uint32_t)capacity;
    return _NSGetExecutablePath(path, &size) == 0;
#else
    ssize_t count = readlink("/proc/self/exe", path, capacity - 1);
    if (count <= 0) {
        return false;
    }
    path[count] = 0;
    return true;
#endif
}

void joblib_error_text(int code, char *buffer, size_t capacity) {
    if (capacity == 0) {
        return;
    }
    buffer[0] = 0;
    if (strerror_r(code, buffer, capacity) != 0 && buffer[0] == 0) {
        snprintf(buffer, capacity, "Unknown error");
    }
    buffer[capacity - 1] = 0;
}

char *const *joblib_environment(void) {
#if defined(__APPLE__)
    return *_NSGetEnviron();
#else
    return environ;
#endif
}

#if defined(__APPLE__)

#include <mach/mach.h>

uint64_t joblib_resident_bytes(void) {
    mach_task_basic_info_data_t info;
    mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
    if (task_info(mach_task_self(), MACH_TASK_BASIC_INFO, (task_info_t)&info, &count) != KERN_SUCCESS) {
        return 0;
    }
    return info.resident_size;
}

#else

uint64_t joblib_resident_bytes(void) {
    // "total resident shared ..." in pages. Pages shared with other processes are not this one's to give back.
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    char text[128];
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) {
        return 0;
    }
    text[count] = 0;
    unsigned long long total, resident, shared;
    if (sscanf(text, "%llu %llu %llu", &total, &resident, &shared) != 3 || resident < shared) {
        return 0;
    }
    return (resident - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
}

#endif
